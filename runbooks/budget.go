package runbooks

import (
	"fmt"
	"strings"
)

// The bounds of what a runbook becomes in an incident, whatever its file's size: a
// small file can multiply its steps by its services.
const (
	MaxMade      = 20_000  // steps, with a copy for each service that may need one
	MaxRows      = 100_000 // those steps, with the lines of their checklists
	MaxTitleWork = 1 << 22 // work of filling in all their titles once; see Render
	MaxListWork  = 1 << 24 // work of filling in all lines of their checklists once
)

// A Size is what runbooks become in an incident in which every service is hit.
type Size struct {
	Made      int // steps
	Rows      int // steps, and lines of checklists
	TitleWork int // nodes evaluated, and bytes made; counted no further than just over the bound
	ListWork  int // likewise
}

// Becomes says what a runbook becomes beside these services.
func (r *Runbook) Becomes(services []string) Size {
	var size Size
	values := sampleValues()
	values.Services = ServiceLists{
		All: services, Back: services, NotBack: services, NotSure: services, Down: services, Affected: services, Unaffected: services, Restored: services, Verified: services,
	}
	for p := range r.Phases {
		for s := range r.Phases[p].Steps {
			step := &r.Phases[p].Steps[s]
			copies := 1
			if step.Each != Once {
				copies = max(1, len(services))
			}
			size.Made += copies
			size.Rows += copies * (1 + len(step.Checklist))
			if size.TitleWork <= MaxTitleWork {
				size.TitleWork += copies * textWork(step.Title, values)
			}
			for _, line := range step.Checklist {
				if size.ListWork <= MaxListWork {
					size.ListWork += copies * textWork(line, values)
				}
			}
		}
	}
	return size
}

// textWork is what it takes to fill in one text once.
func textWork(text string, values Values) int {
	if !strings.Contains(text, "{{") {
		return 0
	}
	t, err := compile(text)
	if err != nil {
		return 0
	}
	w := &work{left: maxWork}
	_, _ = t.execute(values, w) // what fails has cost what it has cost
	return maxWork - w.left
}

// Add is both sizes together.
func (s Size) Add(other Size) Size {
	return Size{s.Made + other.Made, s.Rows + other.Rows, s.TitleWork + other.TitleWork, s.ListWork + other.ListWork}
}

// Over says in what a size is over its bounds, with the figures; "" if it is not.
func (s Size) Over() string {
	switch {
	case s.Made > MaxMade:
		return fmt.Sprintf("%d steps with their copies for services; at most %d", s.Made, MaxMade)
	case s.Rows > MaxRows:
		return fmt.Sprintf("%d steps and lines of checklists with their copies for services; at most %d", s.Rows, MaxRows)
	case s.TitleWork > MaxTitleWork:
		return fmt.Sprintf("the titles take more than %d units of work to fill in", MaxTitleWork)
	case s.ListWork > MaxListWork:
		return fmt.Sprintf("the lines of the checklists take more than %d units of work to fill in", MaxListWork)
	}
	return ""
}

// becomes checks what the runbook becomes if all of its own services are hit.
func (l *linter) becomes() {
	titles := make([]string, len(l.book.Services))
	for i := range l.book.Services {
		titles[i] = l.book.Services[i].Title
	}
	if len(titles) > maxList { // that is said already
		return
	}
	if over := l.book.Becomes(titles).Over(); over != "" {
		l.wrong(l.file.At, "phase", "too large: "+over, `fewer steps with "each", fewer services, or shorter titles and checklists`)
	}
}

// A Renderer fills in many templates with one allowance of work, and reads each
// template once.
type Renderer struct {
	left int
	over bool
	read map[string]*template
}

// NewRenderer makes one that may do so much work; see [MaxTitleWork].
func NewRenderer(work int) *Renderer { return &Renderer{left: work, read: make(map[string]*template)} }

// Render fills in a template. A text without "{{" is returned as it is.
//
// The language is text/template's, without define, block and template and without
// fractions, with the functions and, or, not, eq, ne, lt, le, gt, ge, len and index,
// and
//
//	list .Services.Down              a, b and c; if it is empty "none", or "not yet known"
//	join ", " .Services.Down         with what you like between
//	upper, lower                     in capitals, in small letters
//	default "nobody" .Roles.legal    something else for what is not known
//	date .Answers.aware              24 November 2026, of a time in RFC 3339
//	time .Answers.aware              02:41 UTC
//
// What is not known stands in the result as «org», so that nobody sends it
// unseen. An answer whose id has a dash is {{ index .Answers "ticket-number" }}.
// A template cannot run for long or make much: see [MaxRendered].
//
// It fails at once when the allowance is spent.
func (r *Renderer) Render(text string, v Values) (string, error) {
	return r.render(text, v, false)
}

func (r *Renderer) render(text string, v Values, shell bool) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	t, ok := r.read[text]
	if !ok {
		t, _ = compile(text)
		r.read[text] = t
	}
	if t == nil || r.over {
		return "", errTooMuch
	}
	allowed := min(maxWork, r.left)
	w := &work{left: allowed}
	out, err := t.executeFor(shell, v, w)
	r.left -= allowed - w.left
	r.over = r.left <= 0
	return out, err
}

// Over reports whether the allowance is spent.
func (r *Renderer) Over() bool { return r.over }
