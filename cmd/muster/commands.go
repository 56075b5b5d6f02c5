package main

import (
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state/view"
)

// What a command does stands in its own file. Here is the table of all: where it stands in
// the help, and what it prints with --json.

// The groups of commands in the help.
const (
	groupIncident = "incident"
	groupRecord   = "record"
	groupCheck    = "check"
	groupOther    = "other"
)

func addTo(root *cobra.Command, group string, commands ...*cobra.Command) {
	for _, c := range commands {
		c.GroupID = group
		root.AddCommand(c)
	}
}

// addCommands adds all commands to the root. run is the whole program, for those that play or
// serve others' commands.
func addCommands(e *env, root *cobra.Command, run wholeRun) {
	root.AddGroup(&cobra.Group{ID: groupIncident, Title: "An incident"}, &cobra.Group{ID: groupRecord, Title: "Record"},
		&cobra.Group{ID: groupCheck, Title: "Read and check"}, &cobra.Group{ID: groupOther, Title: "Runbooks and more"})
	addTo(root, groupIncident, startCommand(e), openCommand(e), listCommand(e), closeCommand(e), reopenCommand(e), rescueCommand(e), copyCommand(e), branchCommand(e), mergeCommand(e), settleCommand(e))
	addTo(root, groupRecord, stepCommand(e), noteCommand(e), evidenceCommand(e), inputCommand(e), serviceCommand(e), meCommand(e), roleCommand(e),
		severityCommand(e), titleCommand(e), attachCommand(e), amendCommand(e), markCommand(e), reviewCommand(e), retractCommand(e), undoCommand(e))
	addTo(root, groupRecord, noticeCommand(e), formCommand(e), checkCommand(e), clockCommand(e), timerCommand(e), contactCommand(e))
	addTo(root, groupCheck, statusCommand(e), sitrepCommand(e), logCommand(e), exportCommand(e), verifyCommand(e), headCommand(e), witnessCommand(e), signCommand(e), stampCommand(e), proveCommand(e), certifyCommand(e))
	addTo(root, groupOther, runbookCommand(e), drillCommand(e, run), organisationCommand(e), initCommand(e), serveCommand(e, run), peopleCommand(e), keysCommand(e), schemaCommand(e, outputs), versionCommand(e))
	for _, command := range strings.Split(recording+", check, sign, stamp", ",") {
		sayNow(root, command)
	}
}

// sayNow says of a command that records, and has no --at, that what it records happens as it
// is recorded.
func sayNow(root *cobra.Command, command string) {
	cmd, _, err := root.Find(strings.Fields(command))
	if err != nil || cmd.Flags().Lookup("at") != nil {
		return
	}
	if cmd.Long == "" {
		cmd.Long = cmd.Short + "."
	}
	cmd.Long += "\n\nIt acts now: what it records happens at this moment, and there is no --at. Who acts\nis said with --as."
}

// recording are commands that print the entry they record, beside those that have the
// flags of an act.
const recording = `review good, review bad, review cause, review action, review done,
	me, amend, mark, rescue, branch, notice left,
	drill clock start, drill clock pause, drill clock resume, drill clock speed, drill clock jump,
	drill next, drill deliver, drill hold, drill skip, drill add, drill rate, drill observe`

// pastOutputs are those of lists, as they are and as of a moment before now.
func pastOutputs() []view.Output {
	return printed([]prints{
		{"service list", (*[]view.Service)(nil), false}, {"service list", (*view.ServicesAsOf)(nil), false}, {"role list", (*[]view.Role)(nil), false}, {"role list", (*view.RolesAsOf)(nil), false},
		{"clock list", (*[]view.Clock)(nil), false}, {"clock list", (*view.ClocksAsOf)(nil), false}, {"notice list", (*[]view.NoticeText)(nil), false}, {"notice list", (*view.NoticesAsOf)(nil), false},
		{"contact list", (*[]view.ContactCard)(nil), false}, {"contact list", (*view.ContactsAsOf)(nil), false}, {"timer list", (*[]view.Timer)(nil), false}, {"timer list", (*view.TimersAsOf)(nil), false},
		{command: "log", pointer: (*view.EntryAsOf)(nil), lines: true},
	})
}

// A prints is a row of a table of outputs. It is no [view.Output], so that the tables are
// data: as calls they were ten thousand bytes of code.
type prints struct {
	command string
	pointer any  // a nil one, to what it prints
	lines   bool // one such thing a line
}

func printed(rows []prints) []view.Output {
	var all []view.Output
	for _, row := range rows {
		all = append(all, view.Output{Command: row.command, Type: reflect.TypeOf(row.pointer).Elem(), Lines: row.lines})
	}
	return all
}

// outputs is what each command prints with --json. One that stands here twice prints
// either.
func outputs(root *cobra.Command) []view.Output {
	all := printed([]prints{
		{"start", (*view.Started)(nil), false}, {"list", (*[]view.Listed)(nil), false}, {"status", (*view.Status)(nil), false},
		{"export", (*view.Incident)(nil), false}, {"sitrep", (*view.Sitrep)(nil), false}, {"head", (*view.Head)(nil), false},
		{command: "log", pointer: (*view.Entry)(nil), lines: true},
		{"verify", (*view.Verdict)(nil), false}, {"sign", (*view.Signed)(nil), false}, {"stamp", (*view.Stamping)(nil), false}, {"prove", (*view.Proving)(nil), false}, {"verify", (*view.Provable)(nil), false}, {"check", (*[]view.Entry)(nil), false},
		{"copy", (*view.Copied)(nil), false}, {"merge", (*view.Merged)(nil), false}, {"settle", (*[]view.TwoAnswers)(nil), false},
		{"service", (*[]view.Service)(nil), false}, {"role", (*[]view.Role)(nil), false}, {"me", (*view.Me)(nil), false}, {"role ack", (*view.Welcome)(nil), false},
		{"step show", (*view.StepRecord)(nil), false}, {"notice", (*[]view.NoticeText)(nil), false}, {"notice show", (*view.NoticeText)(nil), false},
		{"notice channels", (*[]view.Channel)(nil), false},
		{"form", (*[]view.FormHead)(nil), false}, {"form list", (*[]view.FormHead)(nil), false}, {"form show", (*view.Form)(nil), false}, {"form fill", (*view.Form)(nil), false}, {"form lint", (*[]view.Lint)(nil), false},
		{"clock", (*[]view.Clock)(nil), false}, {"clock laws", (*[]view.Law)(nil), false},
		{"timer", (*[]view.Timer)(nil), false},
		{"contact", (*[]view.ContactCard)(nil), false}, {"contact show", (*view.ContactCard)(nil), false},
		{"runbook list", (*[]view.Runbook)(nil), false}, {"runbook show", (*runbooks.Runbook)(nil), false}, {"runbook lint", (*[]view.Lint)(nil), false},
		{"drill", (*[]view.Scenario)(nil), false}, {"drill list", (*[]view.Scenario)(nil), false}, {"drill show", (*runbooks.Scenario)(nil), false},
		{"drill lint", (*[]view.Lint)(nil), false}, {"drill status", (*view.Drill)(nil), false}, {"drill clock", (*view.ExerciseClock)(nil), false},
		{"drill report", (*view.AAR)(nil), false}, {"drill rehearse", (*view.Rehearsed)(nil), false},
		{command: "drill run", pointer: (*view.Entry)(nil), lines: true},
		{"people", (*view.Team)(nil), false}, {"people invite", (*view.Invitation)(nil), false}, {"people admit", (*view.Guest)(nil), false}, {"keys", (*[]view.Action)(nil), false}, {"version", (*view.Program)(nil), false},
		{"organisation", (*view.Organisation)(nil), false}, {"organisation show", (*view.Organisation)(nil), false}, {"organisation list", (*[]view.OrganisationHead)(nil), false}, {"organisation lint", (*[]view.Lint)(nil), false}, {"init", (*view.Organisation)(nil), false},
	})
	all = append(all, pastOutputs()...)
	all = append(all, view.Prints[view.Reviewed]("review"))
	for _, command := range strings.Split(recording, ",") {
		all = append(all, view.Prints[view.Entry](strings.TrimSpace(command)))
	}
	return append(all, entriesOf(root)...)
}
