package export_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
)

var (
	anyTag     = regexp.MustCompile(`<(/?)([a-zA-Z!?][^\s>]*)([^>]*)>`)
	anHref     = regexp.MustCompile(`href="([^"]*)"`)
	anID       = regexp.MustCompile(` id="([^"]*)"`)
	aChart     = regexp.MustCompile("(?s)```text\n(EXERCISE\n)?\\|.*?```") // the page has a picture
	withinText = regexp.MustCompile(`</?(strong|del|code|a)\b[^>]*>`)
	aClass     = regexp.MustCompile(` class="[tw]"`)
	withURL    = regexp.MustCompile(`(?i)(src|href|action|data|xlink:href)\s*=\s*["']?[a-z]*:|url\([^#]|@import|<(script|iframe|object|embed|link|img|base|form)\b`)
)

// body is the page without its head, in which only constants stand.
func body(t *testing.T, page string) string {
	t.Helper()
	_, body, ok := strings.Cut(page, "</head>")
	if !ok {
		t.Fatal("the page has no head")
	}
	return body
}

// tagsOf are the elements of a page, in their order; how a cell is set does not count.
func tagsOf(page string) []string {
	var tags []string
	for _, tag := range anyTag.FindAllString(page, -1) {
		if tag != "<br>" { // a text may have lines
			tags = append(tags, aClass.ReplaceAllString(tag, ""))
		}
	}
	return tags
}

// TestPageIsWhole: elements end where they should, what is led to is there, once, and the
// page asks for nothing from outside.
func TestPageIsWhole(t *testing.T) {
	berlin := export.Options{Zone: time.FixedZone("Europe/Berlin", 3600)}
	for name, page := range map[string]string{
		"live":     written(t, story(t, state.Live, "").incident(), export.HTML, export.Options{}),
		"drill":    written(t, story(t, state.Drill, hostileFlavour).incident(), export.HTML, berlin),
		"withheld": written(t, story(t, state.Live, "").incident(1, 7, 9, 31), export.HTML, export.Options{}),
		"names":    written(t, story(t, state.Live, "").without(state.Names), export.HTML, export.Options{}),
	} {
		if found := withURL.FindString(page); found != "" {
			t.Errorf("%s: it has %q", name, found)
		}
		ids := map[string]bool{}
		for _, id := range anID.FindAllStringSubmatch(page, -1) {
			if ids[id[1]] {
				t.Errorf("%s: %s is there twice", name, id[1])
			}
			ids[id[1]] = true
		}
		for _, to := range anHref.FindAllStringSubmatch(page, -1) {
			if !strings.HasPrefix(to[1], "#") || !ids[to[1][1:]] {
				t.Errorf("%s: %s leads nowhere", name, to[1])
			}
		}
		balanced(t, name, body(t, page))
	}
}

// balanced sees that elements are ended in the order in which they began.
func balanced(t *testing.T, name, page string) {
	t.Helper()
	var open []string
	for _, m := range anyTag.FindAllStringSubmatch(page, -1) {
		end, tag := m[1] == "/", m[2]
		switch {
		case tag == "br" || strings.HasSuffix(m[3], "/"):
		case !end:
			open = append(open, tag)
		case tag == "html" && len(open) == 0: // it began before the head
		case len(open) == 0 || open[len(open)-1] != tag:
			t.Fatalf("%s: </%s> ends %v", name, tag, open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) != 0 {
		t.Errorf("%s: %v is not ended", name, open)
	}
}

// TestOutsideTextIsNoElement: whatever is in a text, the page has the same elements.
func TestOutsideTextIsNoElement(t *testing.T) {
	want := tagsOf(body(t, written(t, story(t, state.Live, " x").incident(), export.HTML, export.Options{})))
	for _, flavour := range append(flavours, "</td></tr></table><script>x</script>", `" onload="x`, "](#e1)", "[a](#e1)", `\`, "&quot;") {
		got := tagsOf(body(t, written(t, story(t, state.Live, " x"+flavour).incident(), export.HTML, export.Options{})))
		for i := range min(len(want), len(got)) {
			if want[i] != got[i] {
				t.Fatalf("%q changes the page: element %d is %s and should be %s", flavour, i, got[i], want[i])
			}
		}
		if len(want) != len(got) {
			t.Errorf("%q changes the page: %d elements, want %d", flavour, len(got), len(want))
		}
	}
}

// TestPageSaysWhatTheReportSays: both are drawn from one model.
func TestPageSaysWhatTheReportSays(t *testing.T) {
	for _, s := range []*scribe{story(t, state.Live, ""), story(t, state.Drill, "")} {
		page := words(body(t, written(t, s.incident(), export.HTML, export.Options{})))
		for _, line := range strings.Split(drawn(t, aChart.ReplaceAllString(written(t, s.incident(), export.Markdown, export.Options{}), "")), "\n") {
			for _, part := range strings.Fields(line) {
				if !strings.Contains(page, part) {
					t.Fatalf("the page does not say %q of %q", part, line)
				}
			}
		}
	}
}

// words is what a reader of a page sees.
func words(page string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&", "&#126;", "~").Replace(anyTag.ReplaceAllString(withinText.ReplaceAllString(page, ""), " "))
}

// TestDrillIsMarkedOnThePage: at its top, in each heading and table, and on every sheet of
// paper; nothing of a live incident says it.
func TestDrillIsMarkedOnThePage(t *testing.T) {
	page := written(t, story(t, state.Drill, "").incident(), export.HTML, export.Options{})
	for _, part := range regexp.MustCompile(`(?s)<(h[1-4]|caption)\b.*?</(h[1-4]|caption)>`).FindAllString(page, -1) {
		if !strings.Contains(part, "EXERCISE") {
			t.Errorf("it does not say EXERCISE: %s", part)
		}
	}
	if !strings.Contains(page, "<title>EXERCISE — ") || !strings.Contains(page, `>EXERCISE: Services over time</title>`) {
		t.Error("a title does not say EXERCISE")
	}
	if !strings.Contains(page, `@top-center { content: "EXERCISE  EXERCISE  EXERCISE  TLP:AMBER+STRICT   2026-11-24-amber-heron" }`) {
		t.Error("on paper, its pages do not say EXERCISE")
	}
	if page := written(t, story(t, state.Live, "").incident(), export.HTML, export.Options{}); strings.Contains(page, "EXERCISE") {
		t.Error("a live incident says EXERCISE")
	}
}
