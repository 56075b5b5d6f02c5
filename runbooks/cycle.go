package runbooks

import "strings"

// cycles reports steps, services and clocks that wait for each other in a circle.
func (l *linter) cycles() {
	steps := graph{at: map[string]Place{}}
	for i, p := range l.file.Phases {
		for j := range p.Steps {
			s := &l.book.Phases[i].Steps[j]
			steps.add(s.ID, p.Steps[j].At, l.waitsFor(s)...)
		}
	}
	steps.report(l, "needs", "the step waits for itself")

	services := graph{at: map[string]Place{}}
	for _, f := range l.file.Services {
		services.add(f.ID, f.At, f.DependsOn...)
	}
	services.report(l, "depends_on", "the service depends on itself")

	clocks := graph{at: map[string]Place{}}
	for _, f := range l.file.Clocks {
		if e, err := ParseEvent(f.Starts); err == nil && e.Kind == ClockStopped {
			clocks.add(f.ID, f.At, e.ID)
		}
	}
	clocks.report(l, "starts", "the clock never starts")
}

// waitsFor lists the steps that a step's needs and when name.
func (l *linter) waitsFor(s *Step) []string {
	list := s.Needs
	condition, _ := ParseCondition(s.When) // a bad one is reported elsewhere
	for _, c := range condition {
		// An answer of this or a later step is reported elsewhere, too.
		if a := l.answer[c.Ref]; a.step != nil && a.step.ID != s.ID {
			list = append(list[:len(list):len(list)], a.step.ID)
		}
	}
	return list
}

// A graph says what waits for what.
type graph struct {
	order []string
	next  map[string][]string
	at    map[string]Place
}

func (g *graph) add(id string, at Place, next ...string) {
	if _, twice := g.at[id]; twice || id == "" {
		return
	}
	if g.next == nil {
		g.next = make(map[string][]string)
	}
	g.order = append(g.order, id)
	g.at[id], g.next[id] = at, next
}

// report finds circles: each is reported once, where it is first met.
func (g *graph) report(l *linter, key, what string) {
	const onPath, finished = 1, 2
	state := make(map[string]int, len(g.order))
	var path []string
	var visit func(id string)
	visit = func(id string) {
		state[id] = onPath
		path = append(path, id)
		for _, next := range g.next[id] {
			switch {
			case state[next] == onPath:
				l.wrong(g.at[next], key, what+": "+circle(path, next), "take one of these out")
			case state[next] != finished && g.next[next] != nil:
				visit(next)
			}
		}
		path = path[:len(path)-1]
		state[id] = finished
	}
	for _, id := range g.order {
		if state[id] == 0 {
			visit(id)
		}
	}
}

// circle writes the end of a path from id on: a → b → a.
func circle(path []string, id string) string {
	const most = 12
	i := len(path) - 1
	for path[i] != id {
		i--
	}
	ids := path[i:]
	if len(ids) > most {
		ids = append(append([]string{}, ids[:most]...), "…")
	}
	return strings.Join(ids, " → ") + " → " + id
}
