package widget

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// sheet draws the widgets together as a screen does, so that a change in how
// they fit each other is seen.
func sheet(t Theme, width, height int) []string {
	g := t.Glyphs
	steps := []string{
		Spread(t.Strong.Render("1 Detect and confirm"), "4/4 "+t.OK.Render(g.Done), 30),
		Spread(" "+t.OK.Render(g.Done)+" 2.1 Decide scope", t.Dim.Render("02:31"), 30),
		t.Selected.Render(Spread(t.Accent.Render(g.Cursor)+t.Accent.Render(g.Active)+" 2.3 "+
			Highlight("Shut down GISIS", []int{0, 5, 10}, Style{}, t.Match), "6m", 30)),
		Spread(" "+g.Todo+" 2.4 Shut down IMODOCS", "", 30),
		Spread(" "+t.Dim.Render(g.Waiting)+" 2.5 Check e-mail", "", 30),
		Spread(" "+t.Bad.Render(g.Failed)+" 2.6 Isolate site", t.Bad.Render("!!"), 30),
	}
	detail := Markdown("**Isolate**, don't power off: memory is *evidence*.\n\n- [x] Blocked at both firewalls\n- [ ] Accounts disabled\n\n`ssh fw1 block gisis`", width-34, t)
	rows := []string{
		Spread(" amber-heron  "+t.Exercise.Render("EXERCISE")+"  SEV1", "GDPR "+t.Warn.Render("71:17")+"  "+t.OK.Render(g.Saved)+" saved 87 ", width),
		t.Border.Render(Rule(g.Horizontal, 30) + g.TeeDown + Rule(g.Horizontal, width-31)),
	}
	rows = append(rows, JoinColumns(t.Border.Render(g.Vertical),
		Column{steps, 30}, Column{detail, width - 31})...)
	rows = append(Fit(rows, width, height-1),
		KeyHints(t, []Hint{{g.EnterSign, "done", 0}, {"s", "skip", 1}, {"n", "note", 1}, {"5", "timeline", 3}, {"?", "help", 0}}, width))
	box := Dialog(t, "Skip 2.3", []string{"Why is it skipped?", t.Input.Render("no VPN")}, g.EnterSign+" skip  esc cancel", 30, 8)
	return Overlay(rows, box, (width-Width(box[0]))/2, (height-len(box))/2)
}

func TestSheet(t *testing.T) {
	for _, o := range []Options{
		{Dark: true}, {}, {Name: "colour-blind", Dark: true}, {Name: "colour-blind"}, {NoColor: true}, {NoColor: true, ASCII: true},
	} {
		theme := NewTheme(o)
		name := fmt.Sprintf("%s-%v-%v", theme.Name, o.Dark, o.ASCII)
		t.Run(name, func(t *testing.T) {
			lines := sheet(theme, 80, 16)
			for i, line := range lines {
				if w := Width(line); w != 80 {
					t.Errorf("line %d is %d cells", i, w)
				}
			}
			golden.RequireEqual(t, []byte(strings.Join(lines, "\n")+"\n"))
		})
	}
}
