package widget

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// styles returns the theme's styles by name.
func styles(t Theme) map[string]Style {
	out := map[string]Style{}
	v := reflect.ValueOf(t)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Style); ok {
			out[v.Type().Field(i).Name] = s
		}
	}
	return out
}

// contrast is WCAG's ratio of two colours, 1 to 21.
func contrast(a, b rgb) float64 {
	hi, lo := luminance(a), luminance(b)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

func luminance(c rgb) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	r, g, b := c.parts()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestContrast(t *testing.T) {
	dark := []rgb{hex(0x000000), hex(0x1e1e1e), hex(0x002b36)}  // black, a common editor's, Solarized
	light := []rgb{hex(0xffffff), hex(0xfafafa), hex(0xfdf6e3)} // white, a common editor's, Solarized
	for _, o := range []Options{
		{Name: "dark", Dark: true}, {Name: "light"}, {Name: "colour-blind", Dark: true}, {Name: "colour-blind"},
	} {
		theme := NewTheme(o)
		backgrounds := light
		if o.Dark {
			backgrounds = dark
		}
		backgrounds = append(backgrounds, theme.Selected.bg)
		for name, s := range styles(theme) {
			least := 4.5
			if name == "Border" {
				least = 3
			}
			on := backgrounds
			if s.bg.isSet() {
				on = []rgb{s.bg}
			}
			for _, bg := range on {
				if ratio := contrast(s.fg, bg); s.fg.isSet() && ratio < least {
					t.Errorf("%s (dark %v): %s has contrast %.2f on %06x", theme.Name, o.Dark, name, ratio, bg&0xffffff)
				}
			}
		}
	}
}

// What must be told apart looks different, with colours and without.
func TestMeaningsDiffer(t *testing.T) {
	for _, o := range []Options{
		{Dark: true}, {}, {Name: "colour-blind", Dark: true}, {Name: "colour-blind"}, {NoColor: true},
	} {
		theme := NewTheme(o)
		for _, pair := range [][2]Style{
			{theme.OK, theme.Bad}, {theme.OK, theme.Warn}, {theme.Warn, theme.Bad}, {theme.Live, theme.Exercise},
			{theme.Text, theme.Selected}, {theme.Text, theme.Match}, {theme.Sev1, theme.Sev2},
			{theme.Key, theme.KeyLabel},
		} {
			if pair[0] == pair[1] {
				t.Errorf("%s: two meanings look the same: %q", theme.Name, pair[0].open)
			}
		}
	}
}

func TestNewTheme(t *testing.T) {
	for _, c := range []struct {
		options Options
		want    string
	}{
		{Options{}, "light"},
		{Options{Dark: true}, "dark"},
		{Options{Name: "light", Dark: true}, "light"},
		{Options{Name: "dark"}, "dark"},
		{Options{Name: "solarised", Dark: true}, "dark"},
		{Options{Name: "colour-blind"}, "colour-blind"},
		{Options{Name: "colour-blind", NoColor: true}, "mono"},
		{Options{Name: "mono"}, "mono"},
	} {
		if got := NewTheme(c.options).Name; got != c.want {
			t.Errorf("NewTheme(%+v) is %s, want %s", c.options, got, c.want)
		}
	}
	for _, name := range ThemeNames() {
		if got := NewTheme(Options{Name: name}).Name; got != name {
			t.Errorf("theme %s is called %s", name, got)
		}
	}
}

func TestNoColorMeansNone(t *testing.T) {
	for name, s := range styles(NewTheme(Options{Name: "dark", Dark: true, NoColor: true})) {
		if s.fg.isSet() || s.bg.isSet() {
			t.Errorf("%s has a colour", name)
		}
	}
}

func TestGlyphs(t *testing.T) {
	wider := map[string]int{"Saving": 3, "Unsaved": 2, "Ticked": 3, "Unticked": 3,
		"ArrowUp": 5, "ArrowDown": 5, "ArrowLeft": 5, "ArrowRight": 5, "EnterSign": 5}
	for _, o := range []Options{{}, {ASCII: true}} {
		v := reflect.ValueOf(NewTheme(o).Glyphs)
		for i := range v.NumField() {
			name, glyph := v.Type().Field(i).Name, v.Field(i).String()
			if w := ansi.StringWidth(glyph); w < 1 || w > max(1, wider[name]) {
				t.Errorf("%s %q is %d cells", name, glyph, w)
			}
			if o.ASCII && strings.ContainsFunc(glyph, func(r rune) bool { return r > 0x7e }) {
				t.Errorf("%s %q is not ASCII", name, glyph)
			}
		}
	}
}

func TestStateGlyphsDiffer(t *testing.T) {
	for _, g := range []Glyphs{UnicodeGlyphs(), ASCIIGlyphs()} {
		seen := map[string]bool{}
		for _, s := range []string{g.Done, g.Todo, g.Active, g.Blocked, g.Skipped, g.Failed, g.NotApplicable, g.Waiting, g.Confirm} {
			if seen[s] {
				t.Errorf("%q means two states", s)
			}
			seen[s] = true
		}
	}
}

func TestRender(t *testing.T) {
	red, marked := newStyle(hex(0xff0000), 0, bold), newStyle(0, hex(0x0000ff), 0)
	for _, c := range []struct{ name, got, want string }{
		{"none", Style{}.Render("x"), "x"},
		{"empty", red.Render(""), ""},
		{"plain", red.Render("x"), "\x1b[1;38;2;255;0;0mx\x1b[m"},
		{"nested", marked.Render("a" + red.Render("b") + "c"),
			"\x1b[48;2;0;0;255ma\x1b[1;38;2;255;0;0mb\x1b[m\x1b[48;2;0;0;255mc\x1b[m"},
		{"with", red.With(marked).Render("x"), "\x1b[1;38;2;255;0;0;48;2;0;0;255mx\x1b[m"},
		{"with none", red.With(Style{}).Render("x"), red.Render("x")},
		{"with more", newStyle(0, 0, italic).With(newStyle(0, 0, underline|strike)).Render("x"), "\x1b[3;4;4;9mx\x1b[m"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}
