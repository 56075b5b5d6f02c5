package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
)

func statusCommand(e *env) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: "status [INCIDENT|FILE]", Short: "Show where an incident stands", Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return e.status(cmd.Context(), optional(args), all) },
	}
	cmd.Flags().BoolVarP(&all, "all", "a", false, "every step, settled ones too")
	return cmd
}

// A statusJSON is what muster status --json prints.
type statusJSON struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"`
	Mode     state.Mode       `json:"mode"`
	Exercise bool             `json:"exercise"`
	Severity string           `json:"severity"`
	Opened   time.Time        `json:"opened"`
	Closed   *time.Time       `json:"closed,omitempty"`
	Head     state.Hash       `json:"head"`
	Code     string           `json:"code"`
	Entries  uint64           `json:"entries"`
	Tally    tallyJSON        `json:"tally"`
	Next     string           `json:"next,omitempty"` // a step's id
	Steps    []stepJSON       `json:"steps"`
	Services []serviceJSON    `json:"services"`
	Roles    []roleJSON       `json:"roles"`
	Open     []state.OpenItem `json:"open"`
	Clocks   []clockJSON      `json:"clocks"`
	Notices  []noticeHead     `json:"notices"`
	Withheld []string         `json:"withheld,omitempty"` // parts that some entries of this copy lack: names, notes, evidence, runbook, all
}

// A tallyJSON counts steps by their status.
type tallyJSON struct {
	Total       int `json:"total"`
	Done        int `json:"done"`
	Unconfirmed int `json:"unconfirmed"`
	Skipped     int `json:"skipped"`
	Failed      int `json:"failed"`
	NotNeeded   int `json:"not_applicable"`
	Blocked     int `json:"blocked"`
	Active      int `json:"active"`
	Todo        int `json:"todo"`
	Waiting     int `json:"waiting"`
}

type stepJSON struct {
	ID       string       `json:"id"`
	Number   string       `json:"number"`
	Title    string       `json:"title"`
	Phase    string       `json:"phase"`
	Kind     string       `json:"kind"`
	Status   state.Status `json:"status"`
	Because  string       `json:"because,omitempty"`
	By       string       `json:"by,omitempty"`
	Assignee string       `json:"assignee,omitempty"`
	Role     string       `json:"role,omitempty"`
	Required bool         `json:"required"`
	Started  *time.Time   `json:"started,omitempty"`
	Ended    *time.Time   `json:"ended,omitempty"`
	Options  []string     `json:"options,omitempty"`
	Answer   string       `json:"answer,omitempty"`
	List     []tickJSON   `json:"checklist,omitempty"`
}

type tickJSON struct {
	Text string `json:"text"`
	On   bool   `json:"on"`
}

// maybe is a pointer to t, nil for no time.
func maybe(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func stepOf(inc *state.Incident, s *state.Step) stepJSON {
	step := stepJSON{
		ID: s.ID, Number: s.Number, Title: s.Title, Phase: inc.Phases[s.Phase].ID, Kind: string(s.Def.Kind),
		Status: inc.Status(s), Because: inc.Because(s), By: s.By, Assignee: s.Assignee, Role: s.Def.Role,
		Required: s.Def.Required, Started: maybe(s.Started), Ended: maybe(s.Ended),
	}
	for _, option := range s.Def.Options {
		step.Options = append(step.Options, option.ID)
	}
	if answer, ok := inc.Answer(s.ID); ok {
		step.Answer = answer.Value
	}
	for i, on := range s.Ticks {
		step.List = append(step.List, tickJSON{s.Def.Checklist[i], on})
	}
	return step
}

func (e *env) statusOf(inc *state.Incident) statusJSON {
	status := statusJSON{
		ID: inc.ID, Title: inc.Title, Mode: inc.Mode, Exercise: inc.Mode == state.Drill, Severity: string(inc.Severity), Opened: inc.Opened,
		Head: inc.Head.Hash, Code: inc.Head.Hash.Code(), Entries: inc.Head.Seq, Tally: tallyJSON(inc.Tally(-1)),
		Steps: []stepJSON{}, Services: servicesOf(inc), Roles: rolesOf(inc), Open: inc.OpenItems(),
		Clocks: e.clocksOf(inc), Notices: []noticeHead{},
	}
	if inc.Closed != nil {
		status.Closed = &inc.Closed.When
	}
	if status.Withheld = inc.Lacks.Parts.Names(); inc.Lacks.All {
		status.Withheld = append(status.Withheld, "all")
	}
	if next := inc.Next(); next != nil {
		status.Next = next.ID
	}
	for i := range inc.Notices {
		status.Notices = append(status.Notices, headOf(inc, &inc.Notices[i]))
	}
	for i := range inc.Steps {
		if !inc.Steps[i].Empty {
			status.Steps = append(status.Steps, stepOf(inc, &inc.Steps[i]))
		}
	}
	return status
}

func (e *env) status(ctx context.Context, id string, all bool) error {
	s, err := e.open(ctx, id, true)
	if err != nil {
		return err
	}
	defer s.Close()
	inc := s.Incident()
	return e.print(e.statusOf(inc), func() error {
		_, err := fmt.Fprint(e.out, exercise(inc)+e.summary(inc)+e.truthLines(inc)+e.steps(inc, all)+exercise(inc))
		return err
	})
}

// summary is the first lines of a status.
func (e *env) summary(inc *state.Incident) string {
	var b strings.Builder
	word := "open"
	if inc.Closed != nil {
		word = "closed by " + inc.Closed.By + " at " + e.clockOf(inc.Closed.When)
	}
	t := inc.Tally(-1)
	fmt.Fprintf(&b, "%s  %s  %s\n", clean.Line(inc.ID), clean.Line(string(inc.Severity)), clean.Line(inc.Title))
	if inc.Opened.IsZero() {
		word += ", detected (withheld)"
	} else {
		word += ", detected " + e.clockOf(inc.Opened) + " by " + inc.OpenedBy
	}
	fmt.Fprintf(&b, "%s; %s, head %s\n", clean.Line(word), plural(inc.Head.Seq, "entry", "entries"), inc.Head.Hash.Code())
	b.WriteString(withheldLines(inc))
	if t.Total == 0 && inc.Lacks.Runbook {
		return b.String()
	}
	fmt.Fprintf(&b, "%d done, %d under way, %d to do, %d waiting, %d blocked, %d unconfirmed, %d skipped, %d failed, %d not applicable\n",
		t.Done, t.Active, t.Todo, t.Waiting, t.Blocked, t.Unconfirmed, t.Skipped, t.Failed, t.NotNeeded)
	if next := inc.Next(); next != nil && inc.Closed == nil {
		fmt.Fprintf(&b, "next: %s\n", clean.Line(next.Name()))
	}
	return b.String()
}

// withheldLines say what this copy of the log lacks; "" if nothing.
func withheldLines(inc *state.Incident) string {
	what := inc.Lacks.String()
	if what == "" {
		return ""
	}
	text := "WITHHELD from this copy of the log: " + what + ". What may stand in it is not known, and two “(withheld)” need not be the same.\n"
	if inc.Lacks.Runbook {
		text += "The text of a runbook is withheld: its steps, services and clocks are not known. See muster log, and muster sitrep.\n"
	}
	return text
}

// steps are the lines of a status about steps: without all, those of a phase that
// is finished are left out.
func (e *env) steps(inc *state.Incident, all bool) string {
	var b strings.Builder
	tallies := inc.Tallies()
	for p, phase := range inc.Phases {
		t := tallies[p]
		settled := t.Done + t.Skipped + t.Failed + t.NotNeeded
		fmt.Fprintf(&b, "\n%d %s  %d/%d\n", phase.Number, clean.Line(phase.Def.Title), t.Done, t.Total-t.NotNeeded)
		if settled == t.Total && !all {
			continue
		}
		var rows [][]string
		for i := phase.First; i < phase.First+phase.Count; i++ {
			s := &inc.Steps[i]
			rows = append(rows, e.stepRow(inc, s))
		}
		b.WriteString(columns(rows))
	}
	return b.String()
}

func (e *env) stepRow(inc *state.Incident, s *state.Step) []string {
	status := string(inc.Status(s))
	if s.Empty {
		status = "none yet"
	}
	row := []string{"  " + s.Number, status, s.Title}
	switch {
	case inc.Because(s) != "":
		row = append(row, inc.Because(s))
	case !s.Ended.IsZero():
		row = append(row, s.By+" "+e.clockOf(s.Ended))
	case s.Status == state.Active:
		row = append(row, s.By+" since "+e.clockOf(s.Started)+", "+when.Duration(e.now().Sub(s.Started)))
	}
	return row
}

type roleJSON struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Person string     `json:"person,omitempty"`
	Since  *time.Time `json:"since,omitempty"`
	Handed string     `json:"handed_to,omitempty"` // who has not acknowledged yet
}

func rolesOf(inc *state.Incident) []roleJSON {
	list := make([]roleJSON, 0, len(inc.Roles))
	for _, r := range inc.Roles {
		list = append(list, roleJSON{r.Def.ID, r.Def.Title, r.Person, maybe(r.Since), r.Pending})
	}
	return list
}

func (e *env) showRoles(ctx context.Context) error {
	s, err := e.open(ctx, "", true)
	if err != nil {
		return err
	}
	defer s.Close()
	inc := s.Incident()
	return e.print(rolesOf(inc), func() error {
		rows := [][]string{{"ROLE", "PERSON", "SINCE", "TITLE"}}
		for _, r := range inc.Roles {
			since := ""
			if !r.Since.IsZero() {
				since = e.clockOf(r.Since)
			}
			person := r.Person
			if person == "" {
				person = "nobody"
			}
			if r.Pending != "" {
				person += ", handed to " + r.Pending
			}
			rows = append(rows, []string{r.Def.ID, person, since, r.Def.Title})
		}
		_, err := fmt.Fprint(e.out, exercise(inc)+withheldLines(inc)+columns(rows))
		return err
	})
}
