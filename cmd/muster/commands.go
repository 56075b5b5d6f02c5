package main

import (
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
	return []view.Output{
		view.Prints[[]view.Service]("service list"), view.Prints[view.ServicesAsOf]("service list"), view.Prints[[]view.Role]("role list"), view.Prints[view.RolesAsOf]("role list"),
		view.Prints[[]view.Clock]("clock list"), view.Prints[view.ClocksAsOf]("clock list"), view.Prints[[]view.NoticeText]("notice list"), view.Prints[view.NoticesAsOf]("notice list"),
		view.Prints[[]view.ContactCard]("contact list"), view.Prints[view.ContactsAsOf]("contact list"), view.Prints[[]view.Timer]("timer list"), view.Prints[view.TimersAsOf]("timer list"),
		{Command: "log", Type: view.Prints[view.EntryAsOf]("").Type, Lines: true},
	}
}

// outputs is what each command prints with --json. One that stands here twice prints
// either.
func outputs(root *cobra.Command) []view.Output {
	all := []view.Output{
		view.Prints[view.Started]("start"), view.Prints[[]view.Listed]("list"), view.Prints[view.Status]("status"),
		view.Prints[view.Incident]("export"), view.Prints[view.Sitrep]("sitrep"), view.Prints[view.Head]("head"),
		{Command: "log", Type: view.Prints[view.Entry]("").Type, Lines: true},
		view.Prints[view.Verdict]("verify"), view.Prints[view.Signed]("sign"), view.Prints[view.Stamping]("stamp"), view.Prints[view.Proving]("prove"), view.Prints[view.Provable]("verify"), view.Prints[[]view.Entry]("check"),
		view.Prints[view.Copied]("copy"), view.Prints[view.Merged]("merge"), view.Prints[[]view.TwoAnswers]("settle"),
		view.Prints[[]view.Service]("service"), view.Prints[[]view.Role]("role"), view.Prints[view.Me]("me"), view.Prints[view.Welcome]("role ack"),
		view.Prints[[]view.NoticeText]("notice"), view.Prints[view.NoticeText]("notice show"),
		view.Prints[[]view.Channel]("notice channels"),
		view.Prints[[]view.FormHead]("form"), view.Prints[[]view.FormHead]("form list"), view.Prints[view.Form]("form show"), view.Prints[view.Form]("form fill"), view.Prints[[]view.Lint]("form lint"),
		view.Prints[[]view.Clock]("clock"), view.Prints[[]view.Law]("clock laws"),
		view.Prints[[]view.Timer]("timer"),
		view.Prints[[]view.ContactCard]("contact"), view.Prints[view.ContactCard]("contact show"),
		view.Prints[[]view.Runbook]("runbook list"), view.Prints[runbooks.Runbook]("runbook show"), view.Prints[[]view.Lint]("runbook lint"),
		view.Prints[[]view.Scenario]("drill"), view.Prints[[]view.Scenario]("drill list"), view.Prints[runbooks.Scenario]("drill show"),
		view.Prints[[]view.Lint]("drill lint"), view.Prints[view.Drill]("drill status"), view.Prints[view.ExerciseClock]("drill clock"),
		view.Prints[view.AAR]("drill report"), view.Prints[view.Rehearsed]("drill rehearse"),
		{Command: "drill run", Type: view.Prints[view.Entry]("").Type, Lines: true},
		view.Prints[view.Team]("people"), view.Prints[view.Invitation]("people invite"), view.Prints[view.Guest]("people admit"), view.Prints[[]view.Action]("keys"), view.Prints[view.Program]("version"),
		view.Prints[view.Organisation]("organisation"), view.Prints[view.Organisation]("organisation show"), view.Prints[[]view.OrganisationHead]("organisation list"), view.Prints[[]view.Lint]("organisation lint"), view.Prints[view.Organisation]("init"),
	}
	all = append(all, pastOutputs()...)
	all = append(all, view.Prints[view.Reviewed]("review"))
	for _, command := range strings.Split(recording, ",") {
		all = append(all, view.Prints[view.Entry](strings.TrimSpace(command)))
	}
	return append(all, entriesOf(root)...)
}
