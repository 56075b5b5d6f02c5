package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state/view"
)

const channelsLong = `List the channels that config.toml sets, without their secrets. Each is a table:

  [[channel]]
  name = "status page"               # what --channel and runbooks call it
  kind = "webhook"                   # slack, mattermost, teams, webhook, pagerduty, smtp
  url  = "https://…"                 # slack, mattermost, teams, webhook
  timeout = "10s"                    # of one attempt

pagerduty takes routing_key; smtp takes host, port, security (starttls, tls, none),
user, password, from and to = ["Name <address>"].`

func noticeChannelsCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "channels", Short: "List the channels that are set", Long: channelsLong, Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return showChannels(e) },
	}
}

func showChannels(e *env) error {
	if e.channelsErr != nil {
		return e.channelsErr
	}
	list := []view.Channel{}
	rows := [][]string{{"CHANNEL", "KIND", "TO"}}
	for _, c := range e.channels {
		list = append(list, view.Channel{Name: c.Name, Kind: string(c.Kind), To: c.To})
		rows = append(rows, []string{c.Name, string(c.Kind), strings.Join(c.To, ", ")})
	}
	return e.print(list, func() error {
		if len(list) == 0 {
			_, err := fmt.Fprintln(e.out, "No channels are set. See muster notice channels --help.")
			return err
		}
		_, err := fmt.Fprint(e.out, table(e, rows))
		return err
	})
}
