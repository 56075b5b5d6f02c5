package main

import (
	"github.com/spf13/cobra"
)

const drillLong = `A drill is an incident that is played: the same screens, runbook and log, marked
EXERCISE everywhere, and nothing leaves the machine. Its scenario is a file of
injects, the messages that the players get on an exercise clock.

  muster drill list                                 the scenarios
  muster start --drill --scenario imo-2020          start one
  muster drill clock start                          let the exercise clock run
  muster drill run                                  deliver each inject as it falls due
  muster drill status                               where it stands; not for players
  muster drill ack 3                                players: inject 3 has come
  muster drill rate announce-truth S --note "…"     facilitator: how well it went
  muster close, muster drill report                 the end, and the report`

// drillCommand is muster drill; run is the whole program, which a rehearsal plays.
func drillCommand(e *env, run wholeRun) *cobra.Command {
	cmd := &cobra.Command{
		Use: "drill", Short: "Play a scenario: scenarios, exercise clock, injects, ratings, report", Long: drillLong, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listScenarios(cmd.Context(), e) },
	}
	cmd.AddCommand(drillListCommand(e), drillShowCommand(e), drillLintCommand(e), drillNewCommand(e), drillImportCommand(e),
		drillClockCommand(e), drillRunCommand(e), drillNextCommand(e), drillDeliverCommand(e), drillHoldCommand(e), drillSkipCommand(e),
		drillAddCommand(e), drillAckCommand(e), drillRateCommand(e), drillObserveCommand(e), drillStatusCommand(e),
		drillReportCommand(e), drillRehearseCommand(e, run))
	return cmd
}
