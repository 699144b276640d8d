package wecomtest

import "net/http"

func (p *Platform) control(*http.ServeMux) {}
