package kit

import (
	"slices"

	"muster/state/clean"
	"muster/tui/widget"
)

// A Restless screen has a cursor that was just moved, and may be moved on.
type Restless interface{ Restless() bool }

// Footer is the line of keys that work in the top screen, or what was said just now. On a
// line where bytes take their time it follows the cursor when that rests: from row to row
// other keys work, and telling them takes ten times what the cursor does.
func (u *UI) Footer(w int) string {
	if u.said != "" {
		return u.Theme.Warn.Render(widget.Pad(" "+clean.Line(clean.Passage(u.said)), w))
	}
	s, ok := u.Screen().(Restless)
	if !ok || !s.Restless() || !Sparing(u) || u.footer == "" || widget.Width(u.footer) > w {
		u.footer = " " + u.Hints(u.Screen().Place(), w-1)
	}
	return u.footer
}

// Hints draws the keys that work in a place.
func (u *UI) Hints(p Place, w int) string {
	var hints []widget.Hint
	for _, act := range u.Keys.In(p) {
		label := act.Label
		if act.Now != nil {
			label = act.Now(u)
		}
		same := func(h widget.Hint) bool { return h.Label == label }
		if label == "" || len(act.Keys) == 0 || slices.ContainsFunc(hints, same) || act.Why(u) != "" {
			continue
		}
		hints = append(hints, widget.Hint{Key: u.keySign(act.Keys[0]), Label: label, Rank: act.Rank})
	}
	return widget.KeyHints(u.Theme, hints, w)
}

// keySign is how a key is shown.
func (u *UI) keySign(key string) string {
	g := u.Theme.Glyphs
	signs := map[string]string{"enter": g.EnterSign, "up": g.ArrowUp, "down": g.ArrowDown, "left": g.ArrowLeft, "right": g.ArrowRight}
	if sign := signs[key]; sign != "" {
		return sign
	}
	return key
}

// KeyOf is the key of an action, as it is shown; line by line, the word for it.
func (u *UI) KeyOf(id string) string {
	if u.ByLine {
		return "“" + u.Keys.Word(id) + "”"
	}
	if keys := u.Keys.Action(id).Keys; len(keys) > 0 {
		return u.keySign(keys[0])
	}
	return ":"
}
