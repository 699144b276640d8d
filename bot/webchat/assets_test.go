package webchat

import (
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var importLine = regexp.MustCompile(`(?m)^import .*"\./([a-z]+\.js)";$`)

// scripts are the modules of the page with what each imports.
func scripts(t *testing.T) (text map[string]string, imports map[string][]string) {
	t.Helper()
	text, imports = map[string]string{}, map[string][]string{}
	for _, name := range modules() {
		b, err := assets.ReadFile(path.Join("page", name))
		if err != nil {
			t.Fatal(err)
		}
		text[name] = string(b)
		for _, m := range importLine.FindAllStringSubmatch(text[name], -1) {
			imports[name] = append(imports[name], m[1])
		}
	}
	return text, imports
}

func TestTheScriptMakesNoMarkupOfText(t *testing.T) {
	t.Parallel()
	text, _ := scripts(t)
	for name, js := range text {
		for _, word := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"} {
			if strings.Contains(js, word) {
				t.Errorf("%s uses %s", name, word)
			}
		}
		if n := strings.Count(js, "\n"); n > 250 {
			t.Errorf("%s has %d lines: it holds more than one idea", name, n)
		}
	}
}

// TestModulesOfTheScriptStandInLayers finds a module that is not there, one that nobody needs, and circles.
func TestModulesOfTheScriptStandInLayers(t *testing.T) {
	t.Parallel()
	text, imports := scripts(t)
	var path []string
	done := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if _, ok := text[name]; !ok {
			t.Fatalf("%s imports %s, which is not there", path[len(path)-1], name)
		}
		if slices.Contains(path, name) {
			t.Fatalf("a circle: %s → %s", strings.Join(path, " → "), name)
		}
		if done[name] {
			return
		}
		path = append(path, name)
		for _, next := range imports[name] {
			visit(next)
		}
		path = path[:len(path)-1]
		done[name] = true
	}
	visit("chat.js")
	for name := range text {
		if !done[name] {
			t.Errorf("nothing imports %s", name)
		}
	}
}

func TestAssetsOfThisVersionAreKeptByTheBrowser(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	_, text := b.get("/chat")
	for _, name := range append(modules(), "chat.css", "icon.svg") {
		url := "/chat/assets/" + fingerprint() + "/" + name
		if !strings.Contains(text, url) {
			t.Errorf("the page does not name %s", url)
		}
		if answer, _ := b.get(url); answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", url, answer.StatusCode, answer.Header)
		}
	}
	if answer, _ := b.get("/chat/assets/older/chat.js"); answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("for an older page: %d %v", answer.StatusCode, answer.Header)
	}
}
