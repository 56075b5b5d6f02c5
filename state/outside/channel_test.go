package outside

import (
	"strings"
	"testing"
	"time"
)

func TestProblems(t *testing.T) {
	web := Channel{Name: "ops", Kind: Slack, URL: NewSecret("https://hooks.example" + path)}
	post := Channel{
		Name: "mail", Kind: SMTP, Host: "mail.example", From: "muster <ops@x.example>",
		To: []string{"a@x.example", "B <b@x.example>"}, User: "amy", Password: NewSecret("hunter2"),
	}
	page := Channel{Name: "page", Kind: PagerDuty, RoutingKey: NewSecret("hunter2")}
	for _, c := range []struct {
		name   string
		base   Channel
		change func(*Channel)
		want   string // "" for no problem
	}{
		{"webhook", web, func(*Channel) {}, ""},
		{"webhook in clear", web, func(c *Channel) { c.URL = NewSecret("http://10.0.0.1/x") }, ""},
		{"mail", post, func(*Channel) {}, ""},
		{"pager", page, func(*Channel) {}, ""},
		{"no name", web, func(c *Channel) { c.Name = "" }, "a channel needs a name"},
		{"no kind", web, func(c *Channel) { c.Kind = "" }, `kind "" is none of slack, mattermost, teams, webhook, pagerduty, smtp`},
		{"odd kind", web, func(c *Channel) { c.Kind = "fax" }, `kind "fax" is none of`},
		{"long timeout", web, func(c *Channel) { c.Timeout = time.Minute }, "timeout must be at most 30s"},
		{"negative timeout", post, func(c *Channel) { c.Timeout = -1 }, "timeout must be at most 30s"},
		{"no url", web, func(c *Channel) { c.URL = Secret{} }, "url is missing"},
		{"odd scheme", web, func(c *Channel) { c.URL = NewSecret("file:///" + path) }, "url must begin with https://"},
		{"no host", web, func(c *Channel) { c.URL = NewSecret("https://" + path) }, "url must begin with https:// and name a host"},
		{"unreadable url", web, func(c *Channel) { c.URL = NewSecret("https://[::1" + path) }, "url must begin with https://"},
		{"no key", page, func(c *Channel) { c.RoutingKey = Secret{} }, "routing_key is missing"},
		{"odd endpoint", page, func(c *Channel) { c.URL = NewSecret("gopher:hunter2") }, "url must begin with https://"},
		{"no server", post, func(c *Channel) { c.Host = "" }, "host must name the mail server"},
		{"server with a line break", post, func(c *Channel) { c.Host = "a\r\nb" }, "host must name the mail server"},
		{"odd port", post, func(c *Channel) { c.Port = 70000 }, "port must be from 1 to 65535"},
		{"odd security", post, func(c *Channel) { c.Security = "ssl" }, `security "ssl" is none of starttls, tls, none`},
		{"a password in clear", post, func(c *Channel) { c.Security = NoTLS }, "a password is not sent in clear"},
		{"nobody in clear", post, func(c *Channel) { c.Security, c.User = NoTLS, "" }, ""},
		{"no sender", post, func(c *Channel) { c.From = "" }, "from must be one mail address"},
		{"two senders", post, func(c *Channel) { c.From = "a@x.example, b@x.example" }, "from must be one mail address"},
		{"a header in the sender", post, func(c *Channel) { c.From = "a@x.example\r\nBcc: b@x.example" }, "from must be one mail address"},
		{"no recipient", post, func(c *Channel) { c.To = nil }, "to must list 1 to 100 mail addresses"},
		{"a crowd", post, func(c *Channel) { c.To = make([]string, 101) }, "to must list 1 to 100"},
		{"an odd recipient", post, func(c *Channel) { c.To = []string{"a@x.example", "b\r\nDATA"} }, "to[1] must be one mail address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			channel := c.base
			c.change(&channel)
			found := strings.Join(channel.Problems(), "; ")
			if (found == "") != (c.want == "") || !strings.Contains(found, c.want) {
				t.Errorf("got %q; want %q", found, c.want)
			}
			mustNotLeak(t, secrets, channel.Problems())
			if c.want != "" {
				mustFail(t, &Sender{}, channel, message())
			}
		})
	}
}

func TestEveryProblemAtOnce(t *testing.T) {
	if found := (Channel{Kind: SMTP, Port: -1, Timeout: -1, Security: "x"}).Problems(); len(found) != 7 {
		t.Errorf("got %d: %q", len(found), found)
	}
}

// What cannot be right is not even begun.
func TestNotReady(t *testing.T) {
	address, came := raw(t, drain)
	for _, c := range []struct {
		kind   ChannelKind
		change func(*Message)
		why    string
	}{
		{Slack, func(m *Message) { m.Exercise = true }, "a drill sends nothing out"},
		{Slack, func(m *Message) { m.Text = " \n" }, "there is no text to send"},
		{Slack, func(m *Message) { m.Text = "caf\xe9" }, "not valid UTF-8"},
		{Slack, func(m *Message) { m.Title = "caf\xe9" }, "not valid UTF-8"},
		{Slack, func(m *Message) { m.Text = hostile }, "control characters"},
		{Slack, func(m *Message) { m.Text = strings.Repeat("ä", 39_001) }, "has 39001 characters, and slack takes 39000"},
		{Mattermost, func(m *Message) { m.Text = strings.Repeat("ä", 16_001) }, "mattermost takes 16000"},
		{Teams, func(m *Message) { m.Text = strings.Repeat("ä", 20_001) }, "teams takes 20000"},
		{Webhook, func(m *Message) { m.Text = strings.Repeat("ä", 1<<20) }, "shorten it"},
	} {
		m := message()
		c.change(&m)
		channel := Channel{Name: "ops" + hostile, Kind: c.kind, URL: NewSecret("http://" + address + path)}
		if failed := mustFail(t, &Sender{}, channel, m); !strings.Contains(failed.Why, c.why) || failed.Maybe {
			t.Errorf("got %v; want %q", failed, c.why)
		}
	}
	if came.Load() != 0 {
		t.Error("somebody was asked")
	}
}

func TestServer(t *testing.T) {
	for _, c := range []struct {
		channel Channel
		want    string
	}{
		{Channel{Host: "m.example"}, "m.example:587"},
		{Channel{Host: "m.example", Security: StartTLS}, "m.example:587"},
		{Channel{Host: "m.example", Security: TLS}, "m.example:465"},
		{Channel{Host: "::1", Security: NoTLS}, "[::1]:25"},
		{Channel{Host: "m.example", Port: 2525, Security: TLS}, "m.example:2525"},
	} {
		if got := c.channel.server(); got != c.want {
			t.Errorf("got %s; want %s", got, c.want)
		}
	}
}
