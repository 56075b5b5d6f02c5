package kit

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A Confirm is a question that can be answered yes or no. Enter alone says no.
type Confirm struct {
	UI     *UI
	Title  string
	About  string // raw
	Yes    string // what yes does, a word or two
	No     string // what no means; "" for "cancel"
	Do     func() tea.Cmd
	Leaves bool // it asks whether to end, though something is unsaved
	on     bool // yes is chosen
	row    int  // of the answers, as last drawn
	split  int  // column at which yes begins
}

// Place implements Part.
func (c *Confirm) Place() Place { return OnConfirm() }

// Update implements Part.
func (c *Confirm) Update(tea.Msg) tea.Cmd { return nil }

// Takes implements Taker.
func (c *Confirm) Takes() string {
	if c.on {
		return c.Yes
	}
	return cmp.Or(c.No, "cancel")
}

// Take implements Taker.
func (c *Confirm) Take() tea.Cmd {
	if c.on {
		return c.yes()
	}
	c.UI.Hide(c)
	return nil
}

func (c *Confirm) yes() tea.Cmd {
	c.UI.Hide(c)
	return c.Do()
}

// noChoice is "": there are two answers. A message, which has none, is no confirm.
func (c *Confirm) noChoice() string { return "" }

func (c *Confirm) other() tea.Cmd {
	c.on = !c.on
	return nil
}

// View implements Part.
func (c *Confirm) View(w, h int) ([]string, *tea.Cursor) {
	t := c.UI.Theme
	w = min(w, 66)
	body := append(widget.Wrap(clean.Text(c.About), w-4), "")
	button := func(label string, on bool) string {
		if on {
			return t.Selected.With(t.Strong).Render(t.Glyphs.Cursor + "[ " + label + " ]")
		}
		return " [ " + label + " ]"
	}
	no := button(cmp.Or(c.No, "Cancel"), !c.on) + "   "
	c.row, c.split = 1+len(body), 2+widget.Width(no)
	body = append(body, no+button(c.Yes, c.on))
	return widget.Dialog(t, c.Title, body, c.UI.Hints(OnConfirm(), w-4), w, h), nil
}

// Click chooses an answer, and gives it the second time.
func (c *Confirm) Click(x, y int) tea.Cmd {
	if y != c.row {
		return nil
	}
	if on := x >= c.split; on != c.on {
		c.on = on
		return nil
	}
	return c.Take()
}
