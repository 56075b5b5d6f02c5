package export

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

const (
	chartWidth = 60 // columns of a chart's bars, at most
	chartTitle = 36 // bytes of a title behind them
)

// chartSteps are the lengths of time that one column may stand for.
var chartSteps = [...]time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
}

// chartStep is the shortest column with which a span fits.
func chartStep(span time.Duration) time.Duration {
	for _, step := range chartSteps {
		if span <= step*(chartWidth-1) {
			return step
		}
	}
	const day = 24 * time.Hour
	return (span/(day*(chartWidth-1)) + 1) * day
}

// A bar is a service in the chart.
type bar struct {
	cells []byte
	title string
}

// chart draws who was down when: a line a service that was ever in another state
// than unknown, a column a step. What counts in a column is the worst of it. nil if
// there is nothing to draw.
func chart(services []view.ServiceRecord, from, to time.Time) []string {
	from, to = from.UTC(), to.UTC()
	for _, s := range services {
		for _, change := range s.History {
			from, to = earlier(from, change.At), later(to, change.At)
		}
	}
	step := chartStep(to.Sub(from))
	start := from.Truncate(step)
	columns := int(to.Sub(start)/step) + 1
	var bars []bar
	for _, s := range services {
		if len(s.History) > 0 {
			bars = append(bars, bar{cells(s.History, start, step, columns), clean.Bounded(clean.Line(s.Title), chartTitle)})
		}
	}
	if len(bars) == 0 {
		return nil
	}
	lines, alarm := []string{ruler(start, step, columns)}, false
	for _, b := range bars {
		alarm = alarm || bytes.IndexByte(b.cells, '~') >= 0
		lines = append(lines, string(b.cells)+"  "+b.title)
	}
	lines = append(lines, "", fmt.Sprintf("From %s UTC; a column is %s, and shows the worst of it.", start.Format("2006-01-02 15:04"), sayStep(step)),
		"# down (affected, shut down, being restored)   ! down again (regressed)",
		"r restored, nobody has verified it   = verified   ? suspect   - unaffected   . unknown")
	if alarm {
		lines = append(lines, "~ a false alarm: held to be affected, and found to be unaffected")
	}
	return lines
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func sayStep(step time.Duration) string {
	switch {
	case step >= 24*time.Hour:
		return fmt.Sprintf("%d d", step/(24*time.Hour))
	case step >= time.Hour:
		return fmt.Sprintf("%d h", step/time.Hour)
	}
	return fmt.Sprintf("%d min", step/time.Minute)
}

// cells are a service's columns. History is in the order of the log; what counts
// is when each state began. One that ended as a column begins is not in that column.
func cells(history []view.Change, start time.Time, step time.Duration, columns int) []byte {
	history, alarms := view.Alarms(history)
	out := make([]byte, columns)
	now, next := sign(state.UnknownState), 0
	for i := range out {
		begin := start.Add(time.Duration(i) * step)
		worst := now
		for ; next < len(history) && history[next].At.Before(begin.Add(step)); next++ {
			if now = sign(state.ServiceState(history[next].To)); next < alarms && now == '#' {
				now = '~'
			}
			if !history[next].At.After(begin) || badness(now) > badness(worst) {
				worst = now
			}
		}
		out[i] = worst
	}
	return out
}

// badness orders signs by how little can be expected of the service.
func badness(sign byte) int { return strings.IndexByte(".-=r~?#!", sign) }

// sign is the sign of a state in the chart.
func sign(s state.ServiceState) byte {
	switch s {
	case state.Affected, state.ShutDown, state.Restoring:
		return '#'
	case state.Regressed:
		return '!'
	case state.Restored:
		return 'r'
	case state.Verified:
		return '='
	case state.Suspect:
		return '?'
	case state.Unaffected:
		return '-'
	}
	return '.'
}

// ruler writes the time over every twelfth column.
func ruler(start time.Time, step time.Duration, columns int) string {
	const every = 12
	layout := "15:04"
	switch {
	case step >= 24*time.Hour:
		layout = "01-02"
	case step*time.Duration(columns) > 24*time.Hour: // an hour alone could be of any day
		layout = "01-02 15:04"
	}
	line := []byte(strings.Repeat(" ", columns+len("|01-02 15:04")))
	for i := 0; i < columns; i += every {
		copy(line[i:], "|"+start.Add(time.Duration(i)*step).Format(layout))
	}
	return strings.TrimRight(string(line), " ")
}
