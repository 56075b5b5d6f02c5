package main

import (
	"fmt"

	"muster/runbooks"
	"muster/state/outside"
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

// takeChannels makes channels of those in the configuration as it was read. What is
// wrong with them is said when one is used: it holds up no note.
func takeChannels(files []fileChannel) (channels []outside.Channel, problems runbooks.Problems) {
	seen := make(map[string]bool)
	for i := range files {
		f := &files[i]
		channel := f.channel()
		for _, what := range channel.Problems() {
			problems = append(problems, f.At.Problem("", what, "see muster notice channels --help for the keys of each kind"))
		}
		if seen[f.Name] && f.Name != "" {
			problems = append(problems, f.At.Problem("name", fmt.Sprintf("there is another channel %q", f.Name), "give each a name of its own"))
		}
		seen[f.Name] = true
		channels = append(channels, channel)
	}
	return channels, problems
}
