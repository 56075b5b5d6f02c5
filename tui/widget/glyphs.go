package widget

// Glyphs are the signs that carry state, so that nothing is told by colour
// alone. Within a set all signs of state differ. Unless noted each is one cell.
type Glyphs struct {
	Done, Todo, Active, Blocked    string
	Decided                        string // done: a decision, which says what was decided
	Skipped, Failed, NotApplicable string
	Waiting                        string // for another step, or for its time
	Confirm                        string // done, and waits for a second person

	Saved   string // the store has acknowledged everything
	Saving  string // at most three cells
	Unsaved string // two cells: it must be seen

	Cursor           string // before the selected row
	Ticked, Unticked string // checklist boxes, three cells
	Bullet           string // before a list's item
	Ellipsis         string // where text was cut

	Horizontal, Vertical                                 string // rules
	TeeDown, TeeUp, TeeRight, TeeLeft                    string // where rules meet
	CornerTopLeft, CornerTopRight                        string
	CornerBottomLeft, CornerBottomRight                  string
	ArrowUp, ArrowDown, ArrowLeft, ArrowRight, EnterSign string // keys' names
}

// UnicodeGlyphs returns the signs for terminals that draw Unicode. None is an
// emoji or needs a variation selector, whose width terminals disagree on.
func UnicodeGlyphs() Glyphs {
	return Glyphs{
		Done: "✓", Decided: "◆", Todo: "○", Active: "▶", Blocked: "■",
		Skipped: "↷", Failed: "✗", NotApplicable: "·", Waiting: "⊘", Confirm: "◐",
		Saved: "●", Saving: "…", Unsaved: "!!",
		Cursor: "▌", Ticked: "[x]", Unticked: "[ ]", Bullet: "•", Ellipsis: "…",
		Horizontal: "─", Vertical: "│",
		TeeDown: "┬", TeeUp: "┴", TeeRight: "├", TeeLeft: "┤",
		CornerTopLeft: "╭", CornerTopRight: "╮", CornerBottomLeft: "╰", CornerBottomRight: "╯",
		ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", EnterSign: "↵",
	}
}

// ASCIIGlyphs returns the signs for terminals, fonts and serial lines that draw
// only ASCII.
func ASCIIGlyphs() Glyphs {
	return Glyphs{
		Done: "+", Decided: "=", Todo: "o", Active: ">", Blocked: "#",
		Skipped: "/", Failed: "X", NotApplicable: ".", Waiting: "~", Confirm: "?",
		Saved: "*", Saving: "...", Unsaved: "!!",
		Cursor: "|", Ticked: "[x]", Unticked: "[ ]", Bullet: "-", Ellipsis: "~",
		Horizontal: "-", Vertical: "|",
		TeeDown: "+", TeeUp: "+", TeeRight: "+", TeeLeft: "+",
		CornerTopLeft: "+", CornerTopRight: "+", CornerBottomLeft: "+", CornerBottomRight: "+",
		ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", EnterSign: "enter",
	}
}

// SpokenGlyphs returns words for signs, where a text is said and not drawn. What the
// words beside a sign say anyhow has none.
func SpokenGlyphs() Glyphs {
	return Glyphs{
		Done: "yes:", Failed: "NO:",
		Saving: "...", Unsaved: "!!", Ticked: "ticked:", Unticked: "not ticked:", Bullet: "-", Ellipsis: "...",
		ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", EnterSign: "enter",
	}
}
