package main

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state/outside"
	"muster/state/view"
)

// A fileChannel is a [[channel]] of config.toml. Its secrets are hidden as soon as
// the file is read.
type fileChannel struct {
	At         runbooks.Place
	Name       string        `toml:"name"`
	Kind       string        `toml:"kind"`
	Timeout    runbooks.Span `toml:"timeout"`
	URL        string        `toml:"url"`
	RoutingKey string        `toml:"routing_key"`
	Host       string        `toml:"host"`
	Port       int           `toml:"port"`
	Security   string        `toml:"security"`
	User       string        `toml:"user"`
	Password   string        `toml:"password"`
	From       string        `toml:"from"`
	To         []string      `toml:"to"`
}

// channel is the channel with its secrets hidden.
func (f *fileChannel) channel() outside.Channel {
	return outside.Channel{
		Name: f.Name, Kind: outside.ChannelKind(f.Kind), Timeout: f.Timeout.About(),
		URL: outside.NewSecret(f.URL), RoutingKey: outside.NewSecret(f.RoutingKey),
		Host: f.Host, Port: f.Port, Security: outside.MailSecurity(f.Security),
		User: f.User, Password: outside.NewSecret(f.Password), From: f.From, To: f.To,
	}
}

// takeChannels moves the channels out of the configuration as it was read. What is
// wrong with them is said when one is used: it holds up no note.
func takeChannels(e *env) {
	var problems runbooks.Problems
	seen := make(map[string]bool)
	for i := range e.config.Channels {
		f := &e.config.Channels[i]
		channel := f.channel()
		for _, what := range channel.Problems() {
			problems = append(problems, f.At.Problem("", what, "see muster notice channels --help for the keys of each kind"))
		}
		if seen[f.Name] && f.Name != "" {
			problems = append(problems, f.At.Problem("name", fmt.Sprintf("there is another channel %q", f.Name), "give each a name of its own"))
		}
		seen[f.Name] = true
		e.channels = append(e.channels, channel)
	}
	e.config.Channels = nil
	e.channelsErr = withoutSecrets(problems).Err()
}

// quoted finds what is quoted of a file in what is said of it, and the word before.
var quoted = regexp.MustCompile(`(after |key |mean |between )?("[^"]*"|'[^']*'|[A-Za-z][A-Za-z0-9+.-]*://\S+)`)

// numbered is a number of a file in what is said of it: a password may be one.
var numbered = regexp.MustCompile(`the number [-+0-9.eE]+`)

// configKeys are the keys that the configuration can have.
func configKeys() []string {
	var keys []string
	for _, t := range []reflect.Type{reflect.TypeFor[config](), reflect.TypeFor[fileChannel]()} {
		for _, field := range reflect.VisibleFields(t) {
			keys = append(keys, field.Tag.Get("toml"))
		}
	}
	return keys
}

// withoutSecrets masks all that is quoted of a file's values in what is wrong with it:
// a secret that stands in the wrong place, or without its quotes, is one all the same.
// What keys are called stays.
func withoutSecrets(problems runbooks.Problems) runbooks.Problems {
	keys := configKeys()
	for i := range problems {
		problems[i].What = numbered.ReplaceAllString(problems[i].What, "a number")
		problems[i].What = quoted.ReplaceAllStringFunc(problems[i].What, func(found string) string {
			if word := strings.Trim(found, `"`); slices.Contains(keys, word) {
				return found
			}
			if word, text, ok := strings.Cut(found, " "); ok && (text[0] == '"' || text[0] == '\'') && word != "" && word[0] >= 'a' {
				return found
			}
			return "•••"
		})
	}
	return problems
}

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
		Use: "channels", Short: "List the channels that are set", Long: channelsLong, Args: args(0, 0),
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
		_, err := fmt.Fprint(e.out, columns(rows))
		return err
	})
}

// unhurried is ctx without its end: what has happened outside is recorded even if
// the person does not wait for it.
func unhurried(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }
