package wecom

import (
	"bytes"
	"encoding/xml"
	"errors"
)

// errMalformed is what came through the signature and is still not understood.
var errMalformed = errors.New("wecom: event not understood")

const (
	xmlDepth  = 8    // the platform's deepest is SelectedItems/SelectedItem/OptionIds/OptionId
	xmlTokens = 4096 // of a whole message
)

// parseXML takes a message apart. Entities of the sender's own, document types and processing instructions
// other than the XML declaration are refused, as is what nests deeper or goes on longer than any message does.
func parseXML(text []byte, into any) error {
	d := xml.NewTokenDecoder(&plainXML{raw: xml.NewDecoder(bytes.NewReader(text))})
	if err := d.Decode(into); err != nil {
		return errMalformed
	}
	return nil
}

// plainXML lets elements and text through.
type plainXML struct {
	raw    *xml.Decoder
	depth  int
	tokens int
}

// Token is the next one.
func (p *plainXML) Token() (xml.Token, error) {
	t, err := p.raw.RawToken()
	if err != nil {
		return nil, err
	}
	p.tokens++
	switch t := t.(type) {
	case xml.Directive:
		return nil, errMalformed
	case xml.ProcInst:
		if t.Target != "xml" {
			return nil, errMalformed
		}
	case xml.StartElement:
		p.depth++
		if len(t.Attr) > xmlDepth {
			return nil, errMalformed
		}
	case xml.EndElement:
		p.depth--
	}
	if p.depth > xmlDepth || p.tokens > xmlTokens {
		return nil, errMalformed
	}
	return t, nil
}
