package widget

import (
	"image/color"
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
func contrast(a, b color.Color) float64 {
	hi, lo := luminance(a), luminance(b)
	if hi < lo {
		hi, lo = lo, hi
	}
	return (hi + 0.05) / (lo + 0.05)
}

func luminance(c color.Color) float64 {
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// sixteen are the 16 colours as terminals have them until somebody changes them.
var sixteen = map[string][16]uint32{
	"xterm": {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
		0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff},
	"Linux": {0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff},
	"Windows": {0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
		0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2},
	"GNOME": {0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc,
		0x5e5c64, 0xf66151, 0x33d17a, 0xe9ad0c, 0x2a7bde, 0xc061cb, 0x33c7de, 0xffffff},
	"PuTTY": {0x000000, 0xbb0000, 0x00bb00, 0xbbbb00, 0x0000bb, 0xbb00bb, 0x00bbbb, 0xbbbbbb,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff},
}

// as is the colour that a terminal with those 16 shows.
func as(c shade, of16 [16]uint32) color.Color {
	if c&toldHow == told16 {
		return hex(of16[c&^toldHow]).color()
	}
	return c.color()
}

// themes are those with colours, on both backgrounds, at each depth.
func themes() (all []Options) {
	for _, depth := range []Depth{Millions, Of256, Of16} {
		all = append(all, Options{Name: "dark", Dark: true, Depth: depth}, Options{Name: "light", Depth: depth},
			Options{Name: "colour-blind", Dark: true, Depth: depth}, Options{Name: "colour-blind", Depth: depth})
	}
	return all
}

func TestContrast(t *testing.T) {
	dark := []shade{hex(0x000000), hex(0x1e1e1e), hex(0x002b36)}  // black, a common editor's, Solarized
	light := []shade{hex(0xffffff), hex(0xfafafa), hex(0xfdf6e3)} // white, a common editor's, Solarized
	for _, o := range themes() {
		backgrounds := light
		if o.Dark {
			backgrounds = dark
		}
		theme := NewTheme(o)
		if o.Depth == Of16 { // who has a background of their own has more colours than 16
			backgrounds = backgrounds[:1]
		} else {
			backgrounds = append(backgrounds, theme.Selected.bg)
		}
		for name, s := range styles(theme) {
			least := 4.5
			if name == "Border" {
				least = 3
			}
			on := backgrounds
			if s.bg.isSet() {
				on = []shade{s.bg}
			}
			for _, bg := range on {
				for terminal, of16 := range sixteen {
					if ratio := contrast(as(s.fg, of16), as(bg, of16)); s.fg.isSet() && ratio < least {
						t.Errorf("%+v: %s has contrast %.2f on %06x in %s", o, name, ratio, bg&^toldHow, terminal)
					}
				}
			}
			if s.fg&toldHow == told16 && s.fg&^toldHow < 8 && s.attrs&bold != 0 {
				t.Errorf("%+v: %s is bold and dark: many terminals show the bright colour instead", o, name)
			}
		}
	}
}

// Every theme says danger, warning, good and dim at every depth so that they can be
// told apart, and danger is red (or, for who cannot see that, orange): a light red
// that is computed down to fewer colours comes out grey, or white.
func TestDangerIsRed(t *testing.T) {
	for _, o := range themes() {
		theme := NewTheme(o)
		for terminal, of16 := range sixteen {
			r, g, b, _ := as(theme.Bad.fg, of16).RGBA()
			if red := r > g*5/4 && r > b*5/4; !red && (o.Name != "colour-blind" || r < b*3/2) {
				t.Errorf("%+v: danger is %04x %04x %04x in %s", o, r, g, b, terminal)
			}
		}
		how := map[Depth]shade{Millions: told24, Of256: told256, Of16: told16}[o.Depth]
		seen := map[shade]string{}
		for _, one := range []struct {
			name string
			s    Style
		}{{"danger", theme.Bad}, {"warning", theme.Warn}, {"good", theme.OK}, {"dim", theme.Dim}} {
			if one.s.fg.isSet() && one.s.fg&toldHow != how {
				t.Errorf("%+v: %s is told as a colour of another depth", o, one.name)
			}
			if other := seen[one.s.fg]; other != "" {
				t.Errorf("%+v: %s looks like %s", o, one.name, other)
			}
			seen[one.s.fg] = one.name
		}
	}
}

// What must be told apart looks different, with colours and without.
func TestMeaningsDiffer(t *testing.T) {
	for _, o := range append(themes(), Options{NoColor: true}) {
		theme := NewTheme(o)
		for _, pair := range [][2]Style{
			{theme.OK, theme.Bad}, {theme.OK, theme.Warn}, {theme.Warn, theme.Bad}, {theme.Live, theme.Exercise},
			{theme.Text, theme.Selected}, {theme.Text, theme.Match}, {theme.Sev1, theme.Sev2},
			{theme.Key, theme.KeyLabel},
		} {
			if pair[0] == pair[1] {
				t.Errorf("%+v: two meanings look the same: %q", o, pair[0].open)
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
		for _, s := range []string{g.Done, g.Decided, g.Todo, g.Active, g.Blocked, g.Skipped, g.Failed, g.NotApplicable, g.Waiting, g.Confirm} {
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
