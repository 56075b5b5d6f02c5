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

// Spoken reports whether what is drawn with it is said.
func (t Theme) Spoken() bool { return t.Name == spoken }

// spoken is the theme of what is said.
const spoken = "spoken"

// Options chooses a theme.
type Options struct {
	Name    string // one of ThemeNames; "" and unknown names follow Dark
	Dark    bool   // the terminal's background is dark
	ASCII   bool   // draw signs and frames with ASCII alone
	NoColor bool   // NO_COLOR is set: attributes only, whatever Name says
	Depth   Depth  // how many colours the terminal shows
	Spoken  bool   // nothing is drawn: no colour, and words for signs
}

// Depth is how many colours a terminal shows. Each theme has its own for each.
type Depth int

// The depths there are. The zero Depth is all of them.
const (
	Millions Depth = iota // told by red, green and blue
	Of256                 // what SSH and tmux often give
	Of16                  // whatever the person made of them
)

// ThemeNames returns the names that Options knows.
func ThemeNames() []string { return []string{"dark", "light", "colour-blind", "mono"} }

// NewTheme returns the theme that o describes. It never fails: an unknown name
// gives the dark or light theme.
func NewTheme(o Options) Theme {
	if o.Spoken {
		return Theme{Name: spoken, Dark: o.Dark, Glyphs: SpokenGlyphs()}
	}
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
		return colourBlindDark().theme("colour-blind", true, o.Depth)
	case o.Name == "colour-blind":
		return colourBlindLight().theme("colour-blind", false, o.Depth)
	case o.Name == "dark", o.Dark && o.Name != "light":
		return dark().theme("dark", true, o.Depth)
	}
	return light().theme("light", false, o.Depth)
}

// a tint is one colour as each kind of terminal is told it. All three are chosen:
// computed from one, a light red becomes grey.
type tint struct {
	full  uint32 // 0xRRGGBB
	of256 uint8
	of16  int8 // own: the terminal's own colour
}

// own stands for the terminal's own colour of text, where none of the 16 can be read
// on every background.
const own = -1

func (c tint) at(d Depth) shade {
	switch {
	case d == Of16 && c.of16 < 0:
		return 0
	case d == Of16:
		return told16 | shade(c.of16)
	case d == Of256:
		return told256 | shade(c.of256)
	}
	return hex(c.full)
}

// palette is the few colours a theme is made of. Each text colour reaches a
// contrast of 4.5 to 1 on its background and on the selection's (WCAG 2.1 AA),
// at every depth, which a test checks.
//
// Of the 16 it takes those that the palettes of the usual terminals let be read: on
// dark the bright ones, on light the few that are dark. The selection has none of
// them: it is drawn in reverse.
type palette struct {
	dim, accent, info, ok, warn, bad, code tint
	border                                 tint // not text: 3 to 1 is enough
	selection                              tint // background of the selected row
	onLive, live                           tint
	onExercise, exercise                   tint
}

func dark() palette {
	return palette{
		dim: tint{0xa8b0b8, 248, 7}, accent: tint{0x7cc7ff, 117, 14}, info: tint{0x9cc2ff, 111, 14},
		ok: tint{0x6fdc8c, 114, 10}, warn: tint{0xf1c21b, 220, 11}, bad: tint{0xff7b80, 203, 9}, code: tint{0xd4bbff, 183, 15},
		border: tint{0x7a828c, 244, 7}, selection: tint{0x22364f, 17, own},
		onLive: tint{0xffffff, 231, 15}, live: tint{0xc21e28, 160, 1},
		onExercise: tint{0x000000, 16, 0}, exercise: tint{0xf1c21b, 220, 6},
	}
}

func light() palette {
	return palette{
		dim: tint{0x505a64, 240, own}, accent: tint{0x0550ae, 25, 4}, info: tint{0x0a3069, 24, 4},
		ok: tint{0x116329, 22, 4}, warn: tint{0x6f4400, 94, 5}, bad: tint{0xa40018, 124, 1}, code: tint{0x5a32a3, 55, own},
		border: tint{0x767e88, 243, own}, selection: tint{0xdbeafe, 195, own},
		onLive: tint{0xffffff, 231, 15}, live: tint{0xc21e28, 160, 1},
		onExercise: tint{0x000000, 16, 0}, exercise: tint{0xffd33d, 221, 6},
	}
}

// colourBlindDark tells good from bad by blue and orange, which people with
// any of the red-green deficiencies can tell apart. Of 16 there is no orange: yellow
// is the one that is left.
func colourBlindDark() palette {
	p := dark()
	p.ok, p.bad, p.warn = tint{0x7cc7ff, 117, 14}, tint{0xffab57, 215, 11}, tint{0xffe9a8, 229, 15}
	p.accent, p.info, p.code = tint{0xe6edf3, 255, 15}, tint{0xc5d1de, 252, 7}, tint{0xc5d1de, 252, 7}
	p.live = tint{0xa84300, 130, 1}
	p.onExercise, p.exercise = tint{0x000000, 16, 0}, tint{0x7cc7ff, 117, 6}
	return p
}

func colourBlindLight() palette {
	p := light()
	p.ok, p.bad, p.warn = tint{0x0b4fb3, 25, 4}, tint{0x8a3d00, 88, 1}, tint{0x5c4d00, 58, 5}
	p.accent, p.info, p.code = tint{0x1f2328, 235, own}, tint{0x3b434b, 238, own}, tint{0x3b434b, 238, own}
	p.live = tint{0xa84300, 130, 1}
	p.onExercise, p.exercise = tint{0x000000, 16, 0}, tint{0x7cc7ff, 117, 6}
	return p
}

// theme spreads the palette over the meanings.
func (p palette) theme(name string, dark bool, depth Depth) Theme {
	both := func(fg, bg shade, a attr) Style {
		if fg&toldHow == told16 && fg&^toldHow < 8 {
			a &^= bold // many terminals then show the bright one instead
		}
		return newStyle(fg, bg, a)
	}
	text := func(c tint, a attr) Style { return both(c.at(depth), 0, a) }
	on := func(c, under tint) Style { return both(c.at(depth), under.at(depth), bold) }
	plain := func(a attr) Style { return newStyle(0, 0, a) }
	selected := newStyle(0, p.selection.at(depth), 0)
	if depth == Of16 {
		selected = plain(reverse)
	}
	black := tint{0x000000, 16, 0}
	return Theme{
		Name: name, Dark: dark,
		Dim: text(p.dim, 0), Strong: plain(bold),
		Accent: text(p.accent, 0), Info: text(p.info, 0),
		OK: text(p.ok, 0), Warn: text(p.warn, 0), Bad: text(p.bad, bold),
		Selected: selected, Match: text(p.warn, bold|underline),
		Header: plain(bold),
		Live:   on(p.onLive, p.live), Exercise: on(p.onExercise, p.exercise),
		Border: text(p.border, 0), Key: text(p.accent, bold), KeyLabel: text(p.dim, 0),
		Heading: text(p.accent, bold), Emphasis: plain(italic),
		Code: text(p.code, 0), Link: text(p.accent, underline), Quote: text(p.dim, italic),
		Placeholder: text(p.dim, 0), Error: text(p.bad, bold), Title: text(p.accent, bold),
		Disabled: text(p.dim, 0), Caret: plain(reverse),
		TagRed: on(tint{0xff0033, 197, 9}, black), TagAmber: on(tint{0xffc000, 214, 11}, black),
		TagGreen: on(tint{0x33ff00, 82, 10}, black), TagClear: on(tint{0xffffff, 231, 15}, black),
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
