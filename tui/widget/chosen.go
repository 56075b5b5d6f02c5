package widget

// A Mark is how a row of a list is marked. Where every byte takes its time the cursor's
// sign goes ahead and the bar follows when it rests: a bar that moves is two rows drawn.
type Mark int

// The marks of a row.
const (
	Bare   Mark = iota // it is not chosen
	Barred             // it is chosen
	Ahead              // it is chosen, and the bar has not come yet
	Behind             // it was chosen, and still has the bar
)

// MarkOf is the mark of row i, where the cursor is on one row and the bar on another.
func MarkOf(i, cursor, bar int) Mark {
	switch {
	case i == cursor && i == bar:
		return Barred
	case i == cursor:
		return Ahead
	case i == bar:
		return Behind
	}
	return Bare
}

// Row draws a row of a list, one cell wider than line for the cursor's sign.
func (t Theme) Row(m Mark, style Style, line string) string {
	switch m { // few rows are chosen: only for them two looks are made one
	case Barred:
		return t.Selected.With(style).Render(t.Glyphs.Cursor + line)
	case Ahead:
		return t.Accent.Render(t.Glyphs.Cursor) + style.Render(line)
	case Behind:
		return " " + t.Selected.With(style).Render(line)
	}
	return " " + style.Render(line)
}
