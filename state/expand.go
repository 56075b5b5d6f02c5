package state

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"muster/runbooks"
	"muster/state/sorted"
)

// expand lays out all phases and steps anew: each step of each runbook, copied for
// each service that needs a copy, and the steps that were added. A copy stays once
// something was recorded about it, even when its service turns out to be fine.
//
// What is more than [runbooks.MaxMade] and [runbooks.MaxRows] is counted and not laid
// out. Only a log that was written before there were such bounds can have it.
func (inc *Incident) expand() {
	x := expansion{inc: inc, old: inc.Steps, oldAt: inc.stepAt, oldRoots: inc.roots}
	room := max(len(inc.Steps), min(stepsOf(inc), runbooks.MaxMade)) + 16
	x.steps = make([]Step, 0, room)
	x.at = make(map[string]int, room)
	x.roots = make(map[string][]int, room)
	x.places = make([]int, 0, room)
	for b := range inc.Books {
		book := &inc.Books[b]
		for p := range book.Runbook.Phases {
			x.phase(b, &book.Runbook.Phases[p])
		}
	}
	inc.Steps, inc.stepAt, inc.roots, inc.Phases, inc.dynamic = x.steps, x.at, x.roots, x.phases, x.dynamic
	inc.laid += len(x.steps)
	inc.Over.Steps = x.left
	inc.retitle(ofAll)
}

// stepsOf counts the steps that the runbooks have, each once.
func stepsOf(inc *Incident) int {
	n := 0
	for b := range inc.Books {
		for p := range inc.Books[b].Runbook.Phases {
			n += len(inc.Books[b].Runbook.Phases[p].Steps)
		}
	}
	return n
}

// relay lays the steps out anew because of an entry, unless the entries before it have
// used up what a log may make of steps and entries together.
func (inc *Incident) relay() {
	if inc.laid > maxLaid {
		inc.Over.Late++
		inc.retitle(ofAll)
		return
	}
	inc.expand()
}

// An expansion is one run of expand.
type expansion struct {
	inc      *Incident
	old      []Step
	oldAt    map[string]int
	oldRoots map[string][]int
	steps    []Step
	at       map[string]int
	roots    map[string][]int // indexes in steps, by the template's id
	places   []int            // room for the lists in roots: most are of one
	phases   []Phase
	dynamic  []dynamicTitle
	texts    *rendering // nil until a title is filled in
	rows     int        // steps, and lines of their checklists
	left     int        // steps that are not laid out
}

// full reports whether there is no room for more steps, except those about which
// something was recorded.
func (x *expansion) full() bool {
	return len(x.steps) >= runbooks.MaxMade || x.rows >= runbooks.MaxRows
}

func (x *expansion) phase(book int, def *runbooks.Phase) {
	phase := Phase{ID: x.inc.Books[book].id(def.ID), Number: len(x.phases) + 1, Book: book, Def: def, First: len(x.steps)}
	x.phases = append(x.phases, phase)
	number := strconv.Itoa(phase.Number) + "."
	for s := range def.Steps {
		step := &def.Steps[s]
		x.template(Step{
			ID: x.inc.Books[book].id(step.ID), Number: number + strconv.Itoa(s+1), Def: step, Service: step.Service,
		})
	}
	count := len(def.Steps)
	for _, added := range x.inc.added {
		if added.phase == phase.ID {
			count++
			own := strconv.Itoa(count)
			if added.behind {
				own = "?"
			}
			x.put(Step{ID: added.def.ID, Number: number + own, Def: added.def, Added: true})
		}
	}
	x.phases[len(x.phases)-1].Count = len(x.steps) - phase.First
}

// template puts a step, or its copies, or its empty place.
func (x *expansion) template(s Step) {
	s.root = s.ID
	if s.Def.Each == runbooks.Once {
		x.put(s)
		return
	}
	any := false
	for i := range x.inc.Services {
		if x.full() {
			x.rest(s, len(x.inc.Services)-i)
			return
		}
		service := &x.inc.Services[i]
		c := s
		c.ID, c.Number, c.Service = s.ID+"/"+service.ID, s.Number+letter(i), service.ID
		if s.Def.Each == runbooks.EachOfService || service.State.Hit() || x.touched(c.ID) {
			x.put(c)
			any = true
		}
	}
	if !any {
		s.Empty = true
		x.put(s)
	}
}

// rest puts those copies of a template that were recorded about, since no more fit in.
func (x *expansion) rest(s Step, count int) {
	x.left += count
	for _, i := range x.oldRoots[s.root] {
		old := x.old[i]
		if _, there := x.at[old.ID]; old.Last == 0 || there || old.Empty {
			continue
		}
		c := s
		c.ID, c.Number, c.Service = old.ID, s.Number+letter(x.inc.serviceAt[old.Service]), old.Service
		x.put(c)
		x.left--
	}
}

// copiesChange reports whether a service, as it is now, needs other copies of steps
// than it has. Those about which something was recorded stay in any case.
func (s *Service) copiesChange(inc *Incident) bool {
	for b := range inc.Books {
		book := &inc.Books[b]
		for p := range book.Runbook.Phases {
			for i := range book.Runbook.Phases[p].Steps {
				def := &book.Runbook.Phases[p].Steps[i]
				if def.Each != runbooks.EachAffected {
					continue
				}
				step := inc.Step(book.id(def.ID) + "/" + s.ID)
				if needed := s.State.Hit() || step != nil && step.Last != 0; needed != (step != nil) {
					return true
				}
			}
		}
	}
	return false
}

// numbersOf lists the steps that stand for a service because it was hit.
func numbersOf(inc *Incident, service string) []string {
	var numbers []string
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Service == service && s.Def.Each == runbooks.EachAffected {
			numbers = append(numbers, s.Number)
		}
	}
	return numbers
}

// noteCopies remembers what an entry changed in the list of steps.
func noteCopies(inc *Incident, seq uint64, before, after []string) {
	without := func(list, other []string) []string {
		return sorted.Without(slices.Clone(list), func(n string) bool { return slices.Contains(other, n) })
	}
	inc.copied = append(inc.copied, copies{seq, without(after, before), without(before, after)})
}

// copiesOf is what entry seq changed in the list of steps.
func copiesOf(inc *Incident, seq uint64) copies {
	i, ok := slices.BinarySearchFunc(inc.copied, seq, func(c copies, seq uint64) int { return cmp.Compare(c.seq, seq) })
	if !ok {
		return copies{}
	}
	return inc.copied[i]
}

// letter names the copy for a service by the service's place in the runbook, so
// that 2.3b stays 2.3b whatever else is hit.
func letter(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return "." + strconv.Itoa(i+1)
}

func (x *expansion) touched(id string) bool {
	i, ok := x.oldAt[id]
	return ok && x.old[i].Last != 0
}

// put adds one step, with what was recorded about it so far.
func (x *expansion) put(s Step) {
	if x.full() && !x.touched(s.ID) {
		x.left++
		return
	}
	x.rows += 1 + len(s.Def.Checklist)
	s.Book, s.Phase = x.phases[len(x.phases)-1].Book, len(x.phases)-1
	if s.root == "" {
		s.root = s.ID
	}
	if i, ok := x.oldAt[s.ID]; ok && x.old[i].Empty == s.Empty {
		old := x.old[i]
		old.Number, old.Phase = s.Number, s.Phase
		s = old
	} else {
		s.Status = Todo
		if l := &x.inc.Redacted; (l.Steps > 0 || l.Services > 0) && s.Service != "" && !s.Empty {
			s.Status = Unseen // it may have been there before, and walked
		}
		s.Ticks = make([]bool, len(s.Def.Checklist))
	}
	x.title(&s)
	x.at[s.ID] = len(x.steps)
	x.rooted(s.root, len(x.steps))
	x.steps = append(x.steps, s)
}

// rooted notes that a step comes from a template.
func (x *expansion) rooted(root string, at int) {
	if list, there := x.roots[root]; there {
		x.roots[root] = append(list, at)
		return
	}
	x.places = append(x.places, at)
	n := len(x.places)
	x.roots[root] = x.places[n-1 : n : n]
}

// title gives a step its title, or leaves it to retitle if it depends on what is
// known.
func (x *expansion) title(s *Step) {
	switch def := s.Def.Title; {
	case !strings.Contains(def, "{{"):
		s.Title = def
	case dependsOn(def) != 0:
		x.dynamic = append(x.dynamic, dynamicTitle{len(x.steps), dependsOn(def)})
	case s.Title == "":
		if x.texts == nil {
			x.texts = newRendering(x.inc, runbooks.MaxTitleWork)
		}
		s.Title = x.texts.text(s, def)
		x.inc.Over.Titles = x.inc.Over.Titles || x.texts.renderer.Over()
	}
}

// retitle renders the titles that depend on what has changed. While a log is read it
// is put off to the end: the last rendering is the one that is seen.
func (inc *Incident) retitle(changed known) {
	inc.stale |= changed
	if inc.reading || inc.stale == 0 || len(inc.dynamic) == 0 {
		return
	}
	changed, inc.stale = inc.stale, 0
	var texts *rendering
	for _, title := range inc.dynamic {
		if title.on&changed == 0 {
			continue
		}
		if texts == nil {
			texts = newRendering(inc, runbooks.MaxTitleWork)
		}
		s := &inc.Steps[title.step]
		s.Title = texts.text(s, s.Def.Title)
	}
	if texts != nil {
		inc.Over.Titles = inc.Over.Titles || texts.renderer.Over()
	}
}

// sayCopies says which steps an entry brought or took away, by moving a service.
func sayCopies(inc *Incident, seq uint64) string {
	text := ""
	if came := copiesOf(inc, seq).came; len(came) > 0 {
		text += "; steps for it: " + strings.Join(came, ", ")
	}
	if went := copiesOf(inc, seq).went; len(went) > 0 {
		text += "; gone: " + strings.Join(went, ", ")
	}
	return text
}
