package handlers_test

import (
	"strings"
	"testing"
)

// A guest reports like anybody, is called by the name the platform gives, and never by an account.
func TestAGuestIsCalledByName(t *testing.T) {
	for _, c := range []struct{ name, given, called string }{
		{"known to the platform", "沈一", "好的，沈一。"},
		{"known to nobody", "", "好的，同事。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			ev := w.event("ou_nobody", "", "上报")
			ev.Name = c.given
			if _, err := w.svc.Receive(t.Context(), ev); err != nil {
				t.Fatal(err)
			}
			said := w.posts()[0].Message.Text
			if !strings.Contains(said, c.called) || strings.Contains(said, "ou_nobody") {
				t.Errorf("the guest is told %q", said)
			}
		})
	}
}
