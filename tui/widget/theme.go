package widget

// Theme is every look the screens use, by meaning. It is a value: two sessions
// of one process may have different ones.
type Theme struct {
	Name string // one of ThemeNames
	Dark bool   // meant for a dark background

	Text, Dim, Strong     Style
	Accent, Info          Style
	OK, Warn, Bad         Style
	Selected              Style // the row under the cursor
	Match                 Style // letters that a filter matched
	Header                Style // the top line
	Live, Exercise        Style // the two marks nobody may confuse
	Border                Style // rules and frames
	Key, KeyLabel         Style // "s" and "skip" in the footer
	Heading, Emphasis     Style // Markdown
	Code, Link, Quote     Style
	Input, Placeholder    Style // text fields
	Error                 Style // a refusal or a save that failed
	Title                 Style // of a dialog or pane
	Disabled              Style // an action that does not apply now
	Caret                 Style // the text cursor
	TagRed, TagAmber      Style // TLP 2.0 labels
	TagGreen, TagClear    Style
	Sev1, Sev2, Sev3Lower Style // severities, most urgent first

	Glyphs Glyphs
}

// Options chooses a theme.
type Options struct {
	Name    string // one of ThemeNames; "" and unknown names follow Dark
	Dark    bool   // the terminal's background is dark
	ASCII   bool   // draw signs and frames with ASCII alone
	NoColor bool   // NO_COLOR is set: attributes only, whatever Name says
}

// ThemeNames returns the names that Options knows.
func ThemeNames() []string { return []string{"dark", "light", "colour-blind", "mono"} }

// NewTheme returns the theme that o describes. It never fails: an unknown name
// gives the dark or light theme.
func NewTheme(o Options) Theme {
	t := o.colours()
	t.Glyphs = UnicodeGlyphs()
	if o.ASCII {
		t.Glyphs = ASCIIGlyphs()
	}
	return t
}

func (o Options) colours() Theme {
	switch {
	case o.NoColor || o.Name == "mono":
		return mono(o.Dark)
	case o.Name == "colour-blind" && o.Dark:
		return colourBlindDark().theme("colour-blind", true)
	case o.Name == "colour-blind":
		return colourBlindLight().theme("colour-blind", false)
	case o.Name == "dark", o.Dark && o.Name != "light":
		return dark().theme("dark", true)
	}
	return light().theme("light", false)
}

// palette is the few colours a theme is made of. Each text colour reaches a
// contrast of 4.5 to 1 on its background and on the selection's (WCAG 2.1 AA),
// which a test checks.
type palette struct {
	dim, accent, info, ok, warn, bad, code rgb
	border                                 rgb // not text: 3 to 1 is enough
	selection                              rgb // background of the selected row
	onLive, live                           rgb
	onExercise, exercise                   rgb
}

func dark() palette {
	return palette{
		dim: hex(0xa8b0b8), accent: hex(0x7cc7ff), info: hex(0x9cc2ff),
		ok: hex(0x6fdc8c), warn: hex(0xf1c21b), bad: hex(0xff9a9e), code: hex(0xd4bbff),
		border: hex(0x7a828c), selection: hex(0x22364f),
		onLive: hex(0xffffff), live: hex(0xc21e28), onExercise: hex(0x000000), exercise: hex(0xf1c21b),
	}
}

func light() palette {
	return palette{
		dim: hex(0x505a64), accent: hex(0x0550ae), info: hex(0x0a3069),
		ok: hex(0x116329), warn: hex(0x6f4400), bad: hex(0xa40018), code: hex(0x5a32a3),
		border: hex(0x767e88), selection: hex(0xdbeafe),
		onLive: hex(0xffffff), live: hex(0xc21e28), onExercise: hex(0x000000), exercise: hex(0xffd33d),
	}
}

// colourBlindDark tells good from bad by blue and orange, which people with
// any of the red-green deficiencies can tell apart.
func colourBlindDark() palette {
	p := dark()
	p.ok, p.bad, p.warn = hex(0x7cc7ff), hex(0xffab57), hex(0xffe9a8)
	p.accent, p.info, p.code = hex(0xe6edf3), hex(0xc5d1de), hex(0xc5d1de)
	p.live = hex(0xa84300)
	p.onExercise, p.exercise = hex(0x000000), hex(0x7cc7ff)
	return p
}

func colourBlindLight() palette {
	p := light()
	p.ok, p.bad, p.warn = hex(0x0b4fb3), hex(0x8a3d00), hex(0x5c4d00)
	p.accent, p.info, p.code = hex(0x1f2328), hex(0x3b434b), hex(0x3b434b)
	p.live = hex(0xa84300)
	p.onExercise, p.exercise = hex(0x000000), hex(0x7cc7ff)
	return p
}

// theme spreads the palette over the meanings.
func (p palette) theme(name string, dark bool) Theme {
	text := func(c rgb, a attr) Style { return newStyle(c, 0, a) }
	black := hex(0x000000)
	return Theme{
		Name: name, Dark: dark,
		Dim: text(p.dim, 0), Strong: text(0, bold),
		Accent: text(p.accent, 0), Info: text(p.info, 0),
		OK: text(p.ok, 0), Warn: text(p.warn, 0), Bad: text(p.bad, bold),
		Selected: newStyle(0, p.selection, 0), Match: text(p.warn, bold|underline),
		Header: text(0, bold),
		Live:   newStyle(p.onLive, p.live, bold), Exercise: newStyle(p.onExercise, p.exercise, bold),
		Border: text(p.border, 0), Key: text(p.accent, bold), KeyLabel: text(p.dim, 0),
		Heading: text(p.accent, bold), Emphasis: text(0, italic),
		Code: text(p.code, 0), Link: text(p.accent, underline), Quote: text(p.dim, italic),
		Placeholder: text(p.dim, 0), Error: text(p.bad, bold), Title: text(p.accent, bold),
		Disabled: text(p.dim, 0), Caret: text(0, reverse),
		TagRed: newStyle(hex(0xff0033), black, bold), TagAmber: newStyle(hex(0xffc000), black, bold),
		TagGreen: newStyle(hex(0x33ff00), black, bold), TagClear: newStyle(hex(0xffffff), black, bold),
		Sev1: text(p.bad, bold|reverse), Sev2: text(p.bad, bold), Sev3Lower: text(p.warn, 0),
	}
}

// mono uses attributes alone. Faint is left out: many terminals draw it too
// faintly to be read.
func mono(dark bool) Theme {
	a := func(a attr) Style { return newStyle(0, 0, a) }
	return Theme{
		Name: "mono", Dark: dark,
		Strong: a(bold), Accent: a(bold), Warn: a(underline), Bad: a(bold | underline),
		Selected: a(reverse), Match: a(bold | underline), Header: a(bold),
		Live: a(bold | reverse), Exercise: a(bold | reverse | underline),
		Key: a(bold), Heading: a(bold | underline), Emphasis: a(italic), Code: a(bold),
		Link: a(underline), Quote: a(italic), Error: a(bold | reverse), Title: a(bold),
		Caret: a(reverse), TagRed: a(bold | reverse), TagAmber: a(bold | reverse),
		TagGreen: a(bold | reverse), TagClear: a(bold | reverse),
		Sev1: a(bold | reverse), Sev2: a(bold | underline), Sev3Lower: a(bold),
	}
}
