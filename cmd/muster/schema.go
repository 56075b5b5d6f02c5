package main

import (
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state/view"
)

func schemaCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "schema [COMMAND|TYPE]", Short: "Print the JSON Schema of what --json prints", Args: arguments(0, -1),
		Long: `Print the JSON Schema (2020-12) of everything that --json and export --format json
print: a document with all types, and under commands what each command prints. With the
words of a command, or the name of a type, what that one needs.

A key that is left out says that there is none; null, that it is not known. The version
stands in $id, and in what is exported as format_version.`,
		Example:           "  muster schema > muster.schema.json\n  muster schema notice show",
		PersistentPreRunE: e.noConfig,
		RunE: func(cmd *cobra.Command, args []string) error {
			schema, err := view.NewSchema(outputs(cmd.Root()))
			if err != nil {
				return err
			}
			if len(args) > 0 {
				if schema, err = schema.Of(strings.Join(args, " ")); err != nil {
					return usage(err)
				}
			}
			_, err = schema.WriteTo(e.out)
			return err
		},
	}
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

// entriesOf is what the commands print that have the flags of an act.
func entriesOf(cmd *cobra.Command) (list []view.Output) {
	if cmd.Annotations[printsEntry] != "" {
		list = append(list, view.Prints[view.Entry](wordsOf(cmd)))
	}
	for _, sub := range cmd.Commands() {
		list = append(list, entriesOf(sub)...)
	}
	return list
}
