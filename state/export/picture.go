package export

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
	"muster/state/view"
)

// The measures of the picture, in the units of its view box.
const (
	pictureWidth = 1000
	laneLeft     = 190 // where the lanes begin
	laneHeight   = 22
	markHeight   = 13 // of a row of statements
	maxLanes     = 60
	maxMarkRows  = 4
	laneTitle    = 34 // bytes of a service's title
	markTitle    = 26 // bytes of a statement's
)

// A picture of services over time: a lane a service, and above them what was said.
type picture struct {
	strings.Builder
	from, to time.Time
	zone     *time.Location
}

// drawServices is the picture as SVG; "" if there is nothing to draw. States are told by
// words and by patterns, not by colours alone.
func drawServices(r *report, from, to time.Time) string {
	var lanes []*view.ServiceRecord
	for i := range r.Services {
		s := &r.Services[i]
		if len(s.History) == 0 || s.Withheld {
			continue
		}
		for _, change := range s.History {
			from, to = earlier(from, change.At), later(to, change.At)
		}
		lanes = append(lanes, s)
	}
	if len(lanes) == 0 {
		return ""
	}
	lanes = lanes[:min(len(lanes), maxLanes)]
	if !to.After(from) {
		to = from.Add(time.Minute)
	}
	p := &picture{from: from, to: to, zone: r.zone}
	if p.zone == nil {
		p.zone = time.UTC
	}
	marks := tellings(r.Notices)
	top := 18 + markHeight*min(len(marks), maxMarkRows)
	height := top + laneHeight*len(lanes) + 26
	name := "Services over time"
	if r.drill {
		name = exercise + ": " + name
	}
	fmt.Fprintf(p, `<svg viewBox="0 0 %d %d" role="img" aria-labelledby="picture-title picture-text"><title id="picture-title">%s</title><desc id="picture-text">%s</desc>`,
		pictureWidth, height, name, html.EscapeString(sayLanes(lanes)))
	p.WriteString(patterns)
	p.axis(top, height-26)
	for i, t := range marks {
		p.mark(&t, i, height-26)
	}
	for i, lane := range lanes {
		p.lane(lane, top+laneHeight*i)
	}
	p.WriteString("</svg>\n")
	return p.String()
}

// patterns are how states are filled.
const patterns = `<defs>` +
	`<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#f4b9a7"/><path d="M0 0V6" stroke="#8a1c00" stroke-width="3"/></pattern>` +
	`<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#ffe9b0"/><circle cx="3" cy="3" r="1.2" fill="#7a5b00"/></pattern></defs>`

// fills are how the states are drawn, and the ink on them.
var fills = map[state.ServiceState]string{
	state.Affected: "#c43d1b", state.Regressed: "#c43d1b", state.ShutDown: "url(#hatch)", state.Restoring: "url(#dots)",
	state.Restored: "#cfe3f7", state.Verified: "#bfe3c4", state.Unaffected: "#e4f2e6", state.Suspect: "#fff3cf", state.UnknownState: "#e3e6ea",
}

// sayLanes says in words what the picture shows; the tables below it say all.
func sayLanes(lanes []*view.ServiceRecord) string {
	var parts []string
	for _, lane := range lanes[:min(len(lanes), 12)] {
		var states []string
		for _, change := range lane.History {
			states = append(states, clean.Line(clean.Bounded(change.To, laneTitle)))
		}
		if len(states) > 8 {
			states = append(states[:8], "and on")
		}
		parts = append(parts, clean.Line(clean.Bounded(lane.Title, laneTitle))+": "+strings.Join(states, ", "))
	}
	return strings.Join(parts, "; ") + ". The tables say when."
}

// x is where a time is.
func (p *picture) x(t time.Time) float64 {
	share := float64(t.Sub(p.from)) / float64(p.to.Sub(p.from))
	return laneLeft + (pictureWidth-laneLeft-8)*min(1, max(0, share))
}

// tickSteps are what lies between two ticks.
var tickSteps = []time.Duration{
	time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 28 * 24 * time.Hour,
}

// axis draws the ticks, with times below and days where they change.
func (p *picture) axis(top, bottom int) {
	step := tickSteps[len(tickSteps)-1]
	if i := slices.IndexFunc(tickSteps, func(d time.Duration) bool { return p.to.Sub(p.from) <= 9*d }); i >= 0 {
		step = tickSteps[i]
	}
	for p.to.Sub(p.from) > 12*step {
		step *= 2
	}
	day, offset := "", p.from.In(p.zone).Format("-07:00")
	for t := p.from.Truncate(step); !t.After(p.to); t = t.Add(step) {
		if t.Before(p.from) {
			continue
		}
		local := t.In(p.zone)
		label := local.Format("15:04")
		if today := local.Format("01-02"); today != day {
			day = today
			label = local.Format("01-02 15:04")
		}
		if now := local.Format("-07:00"); now != offset { // the clocks changed: the same times come twice, or some never
			offset = now
			label += " " + now
		}
		if step >= 24*time.Hour {
			label = local.Format("2006-01-02")
		}
		x := p.x(t)
		fmt.Fprintf(p, `<path d="M%.1f %dV%d" stroke="#888" stroke-width=".5"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x, top, bottom, x, bottom+14, label)
	}
}

// mark draws when a statement first went out.
func (p *picture) mark(t *telling, i, bottom int) {
	x, y := p.x(t.first.At), 12+markHeight*(i%maxMarkRows)
	anchor, dx := "start", 3.0
	if x > pictureWidth*0.75 {
		anchor, dx = "end", -3
	}
	title := html.EscapeString(clean.Line(clean.Bounded(t.notice.Title, markTitle)))
	fmt.Fprintf(p, `<path d="M%.1f %dV%d" stroke="#0b4f9e" stroke-dasharray="3 2"/><text x="%.1f" y="%d" text-anchor="%s">%s %s</text>`,
		x, y-8, bottom, x+dx, y, anchor, t.first.At.In(p.zone).Format("15:04"), title)
}

// lane draws what a service went through.
func (p *picture) lane(s *view.ServiceRecord, y int) {
	title := html.EscapeString(clean.Line(clean.Bounded(s.Title, laneTitle)))
	fmt.Fprintf(p, `<text x="%d" y="%d" text-anchor="end">%s</text>`, laneLeft-6, y+15, title)
	history := slices.Clone(s.History)
	sorted.Stable(history, func(a, b view.Change) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	for i, change := range history {
		from, to := p.x(change.At), p.x(p.to)
		if i+1 < len(history) {
			to = p.x(history[i+1].At)
		}
		fill := fills[state.ServiceState(change.To)]
		if fill == "" {
			fill = fills[state.UnknownState]
		}
		word := html.EscapeString(clean.Line(clean.Bounded(change.To, markTitle)))
		fmt.Fprintf(p, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s" stroke="#444" stroke-width=".6"><title>%s %s</title></rect>`,
			from, y+3, max(0.8, to-from), laneHeight-6, fill, word, change.At.In(p.zone).Format("2006-01-02 15:04:05 -07:00"))
		if to-from > float64(6*len(change.To)+6) {
			fmt.Fprintf(p, `<text x="%.1f" y="%d" style="fill:#000;paint-order:stroke;stroke:#fff;stroke-width:2.5px">%s</text>`, from+3, y+15, word)
		}
	}
}
