package notices

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A claimsDialog sets what a notice claims, service by service.
type claimsDialog struct {
	of     *incident.Open
	title  string
	claims map[string]state.ServiceState // by service; "" claims nothing
	cursor int                           // index in the incident's services
	first  int
	rows   int
	take   func([]state.Claim) tea.Cmd
}

func newClaims(o *incident.Open, title string, claims []state.Claim, take func([]state.Claim) tea.Cmd) *claimsDialog {
	d := &claimsDialog{of: o, title: title, claims: map[string]state.ServiceState{}, take: take}
	for _, c := range claims {
		d.claims[c.Service] = c.State
	}
	return d
}

// Place implements kit.Part.
func (d *claimsDialog) Place() kit.Place { return ClaimsPlace() }

// Update implements kit.Part.
func (d *claimsDialog) Update(tea.Msg) tea.Cmd { return nil }

// Move implements kit.Mover.
func (d *claimsDialog) Move(m kit.Motion) tea.Cmd {
	d.cursor = m.Step(d.cursor, len(d.of.Inc.Services), d.rows)
	return nil
}

// service is the one under the cursor; nil if there is none.
func (d *claimsDialog) service() *state.Service {
	if d.cursor >= len(d.of.Inc.Services) {
		return nil
	}
	return &d.of.Inc.Services[d.cursor]
}

// toggle claims what is known of the service, or nothing.
func (d *claimsDialog) toggle() tea.Cmd {
	sv := d.service()
	switch {
	case sv == nil:
	case d.claims[sv.ID] != "":
		d.claims[sv.ID] = ""
	default:
		d.claims[sv.ID] = sayable(sv.State)
	}
	return nil
}

// sayable is what may be said of a service that is known to be in a state.
func sayable(known state.ServiceState) state.ServiceState {
	switch {
	case known == state.Verified:
		return state.Restored
	case known == state.Restoring || known == state.Restored:
		return state.Restoring
	case known.Hit():
		return state.Affected
	case known == state.UnknownState:
		return state.Affected
	}
	return known
}

// claimable are the states one can claim, and "" for nothing.
func claimable() []state.ServiceState {
	return []state.ServiceState{"", state.Unaffected, state.Suspect, state.Affected, state.ShutDown, state.Restoring, state.Restored, state.Verified}
}

func (d *claimsDialog) nextState() tea.Cmd { return d.shift(1) }
func (d *claimsDialog) lastState() tea.Cmd { return d.shift(-1) }

func (d *claimsDialog) shift(by int) tea.Cmd {
	if sv := d.service(); sv != nil {
		all := claimable()
		at := max(0, slices.Index(all, d.claims[sv.ID]))
		d.claims[sv.ID] = all[(at+by+len(all))%len(all)]
	}
	return nil
}

// done hands over the claims, in the order of the services.
func (d *claimsDialog) done() tea.Cmd {
	claims := []state.Claim{}
	for i := range d.of.Inc.Services {
		if id := d.of.Inc.Services[i].ID; d.claims[id] != "" {
			claims = append(claims, state.Claim{Service: id, State: d.claims[id]})
		}
	}
	d.of.UI.Hide(d)
	return d.take(claims)
}

// View implements kit.Part.
func (d *claimsDialog) View(w, h int) ([]string, *tea.Cursor) {
	t := d.of.UI.Theme
	inner, n := w-4, len(d.of.Inc.Services)
	d.rows = max(1, min(n, h-4))
	d.first = widget.Window(n, d.rows, d.cursor, d.first)
	var rows [][]string
	for i := d.first; i < n && i < d.first+d.rows; i++ {
		rows = append(rows, d.row(&d.of.Inc.Services[i]))
	}
	columns := []widget.TableColumn{{}, {Title: "Service", Min: 10, Grow: 1}, {Title: "is said to be", Min: 11}, {Title: "and is known to be", Min: 10}}
	table := widget.NewTable(t, columns, rows, inner-1)
	body := []string{" " + table.Titles(t.Dim)}
	for i, row := range rows {
		line := widget.Pad(table.Row(row...), inner-1)
		switch {
		case d.first+i == d.cursor:
			body = append(body, t.Selected.Render(t.Glyphs.Cursor+line))
		default:
			body = append(body, " "+line)
		}
	}
	if n == 0 {
		body = []string{t.Dim.Render("The runbook has no services.")}
	}
	return widget.Dialog(t, d.title, body, d.of.UI.Hints(ClaimsPlace(), inner), w, h), nil
}

func (d *claimsDialog) row(sv *state.Service) []string {
	t, said := d.of.UI.Theme, d.claims[sv.ID]
	sign, text := " ", "nothing"
	if said != "" {
		sign, text = t.OK.Render(t.Glyphs.Done), string(said)
		switch c := d.of.Inc.Known([]state.Claim{{Service: sv.ID, State: said}})[0]; {
		case c.Unsure():
			sign = t.Warn.Render("?")
		case !c.Holds:
			sign = t.Bad.Render(t.Glyphs.Failed)
		}
	}
	known := string(sv.State)
	if !sv.Since.IsZero() {
		known += fmt.Sprintf(", %s %s", kit.ClockTime(sv.Since, d.of.UI.Now()), kit.Person(sv.By))
	}
	return []string{sign, d.of.ServiceTitle(sv.ID), text, known}
}

// Click implements kit.Part.
func (d *claimsDialog) Click(_, y int) tea.Cmd {
	if i := d.first + y - 2; y >= 2 && i < len(d.of.Inc.Services) && i < d.first+d.rows {
		d.cursor = i
	}
	return nil
}
