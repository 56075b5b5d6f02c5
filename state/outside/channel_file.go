package outside

import (
	"fmt"

	"muster/runbooks"
)

// A FileChannel is a [[channel]] of config.toml. Its secrets are hidden as soon as
// the file is read.
type FileChannel struct {
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
func (f *FileChannel) channel() Channel {
	return Channel{
		Name: f.Name, Kind: ChannelKind(f.Kind), Timeout: f.Timeout.About(),
		URL: NewSecret(f.URL), RoutingKey: NewSecret(f.RoutingKey),
		Host: f.Host, Port: f.Port, Security: MailSecurity(f.Security),
		User: f.User, Password: NewSecret(f.Password), From: f.From, To: f.To,
	}
}

// TakeChannels makes channels of those in the configuration as it was read. What is
// wrong with them is said when one is used: it holds up no note.
func TakeChannels(files []FileChannel) (channels []Channel, problems runbooks.Problems) {
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
