package outside

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"muster/runbooks"
	"muster/state"
)

// A MailSecurity says how the connection to a mail server is protected.
type MailSecurity string

// The ways to protect it.
const (
	StartTLS MailSecurity = "starttls" // begun in clear, and given up if the server cannot go on in TLS
	TLS      MailSecurity = "tls"      // TLS from the first byte
	NoTLS    MailSecurity = "none"     // in clear: for a relay on this machine or a trusted network; no password is sent
)

// A Channel is a way to reach an audience, as the user's configuration sets it.
type Channel struct {
	Name    string        `toml:"name"` // what runbooks call it
	Kind    ChannelKind   `toml:"kind"`
	Timeout time.Duration `toml:"timeout"` // of one attempt, at most 30 s; 10 s if 0

	URL        Secret `toml:"url"`         // webhooks: where to; pagerduty: another endpoint than PagerDuty's own
	RoutingKey Secret `toml:"routing_key"` // pagerduty

	Host     string       `toml:"host"` // smtp
	Port     int          `toml:"port"` // smtp; 587 if 0, 465 with security tls, 25 with none
	Security MailSecurity `toml:"security"`
	User     string       `toml:"user"` // smtp; "" logs in as nobody
	Password Secret       `toml:"password"`
	From     string       `toml:"from"` // smtp: Name <address>
	To       []string     `toml:"to"`   // smtp: 1 to 100 of Name <address>
}

const (
	defaultTimeout = 10 * time.Second
	maxSend        = 30 * time.Second // with every attempt and pause
	maxRecipients  = 100
	maxSubject     = 200     // bytes, beyond which a title is cut
	maxText        = 1 << 20 // bytes of a text, whatever the channel
	pagerDutyURL   = "https://events.pagerduty.com/v2/enqueue"
)

// Problems says, a phrase each, what is wrong with the channel's settings; empty
// if nothing is. No phrase repeats a secret.
func (c Channel) Problems() []string {
	var found []string
	if c.Name == "" {
		found = append(found, "a channel needs a name")
	}
	if c.Timeout < 0 || c.Timeout > maxSend {
		found = append(found, fmt.Sprintf("timeout must be at most %s", maxSend))
	}
	row, ok := c.Kind.row()
	if !ok {
		return append(found, fmt.Sprintf("kind %q is none of %s", c.Kind, kindList()))
	}
	return append(found, row.problems(c)...)
}

func kindList() string {
	var names []string
	for _, kind := range ChannelKinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, ", ")
}

// problemsKey are those of PagerDuty's settings.
func (c Channel) problemsKey() []string {
	var found []string
	if c.RoutingKey.IsZero() {
		found = append(found, "routing_key is missing: it is the integration key of an Events API v2 integration")
	}
	return append(found, c.problemsURL()...)
}

func (c Channel) problemsURL() []string {
	if c.URL.IsZero() && c.Kind != PagerDuty {
		return []string{"url is missing"}
	}
	if u, err := url.Parse(c.endpoint()); err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return []string{"url must begin with https:// and name a host"}
	}
	return nil
}

func (c Channel) problemsMail() []string {
	var found []string
	if c.Host == "" || strings.ContainsFunc(c.Host, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '/' }) {
		found = append(found, "host must name the mail server")
	}
	if c.Port < 0 || c.Port > 65535 {
		found = append(found, "port must be from 1 to 65535")
	}
	if !slices.Contains([]MailSecurity{"", StartTLS, TLS, NoTLS}, c.Security) {
		found = append(found, fmt.Sprintf("security %q is none of starttls, tls, none", c.Security))
	}
	if c.Security == NoTLS && c.User != "" {
		found = append(found, "a password is not sent in clear: set security to starttls or tls, or remove user")
	}
	if _, err := mail.ParseAddress(c.From); err != nil {
		found = append(found, "from must be one mail address")
	}
	if len(c.To) == 0 || len(c.To) > maxRecipients {
		found = append(found, fmt.Sprintf("to must list 1 to %d mail addresses", maxRecipients))
	}
	for i, to := range c.To {
		if _, err := mail.ParseAddress(to); err != nil {
			found = append(found, fmt.Sprintf("to[%d] must be one mail address", i))
		}
	}
	return found
}

// endpoint is where a webhook or event is posted.
func (c Channel) endpoint() string {
	if c.Kind == PagerDuty && c.URL.IsZero() {
		return pagerDutyURL
	}
	return c.URL.reveal()
}

// server is the mail server's host:port.
func (c Channel) server() string {
	port := c.Port
	if port == 0 {
		port = map[MailSecurity]int{"": 587, StartTLS: 587, TLS: 465, NoTLS: 25}[c.Security]
	}
	return net.JoinHostPort(c.Host, fmt.Sprint(port))
}

// secrets are what no text may show that was received through the channel.
func (c Channel) secrets() []string {
	key, password, address := c.RoutingKey.reveal(), c.Password.reveal(), c.URL.reveal()
	all := []string{key, password, "\x00" + c.User + "\x00" + password, address}
	if u, err := url.Parse(address); err == nil {
		all = append(all, secretsOf(u)...)
		all = append(all, u.RequestURI(), u.Path)
		for segment := range strings.SplitSeq(u.EscapedPath(), "/") {
			const guessable = 6 // bytes: v1, hooks … would mask ordinary words
			if len(segment) > guessable {
				all = append(all, segment)
			}
		}
	}
	return spellings(all...)
}

// A Message is a notice on its way out.
type Message struct {
	Title      string            // one line
	Text       string            // exactly what is said; UTF-8, may have line breaks
	Audience   string            // public, members, staff …
	Severity   runbooks.Severity // of the incident
	IncidentID string
	Exercise   bool       // it belongs to a drill: a [Sender] refuses it
	DedupKey   string     // the same for every version of what is one matter, at most 255 bytes
	LogHead    state.Hash // of the incident's log at this moment; zero if not known
}

// ready finds what can be known to be wrong before anything is sent; the error is
// a *[SendError].
func (c Channel) ready(m Message) error {
	if found := c.Problems(); len(found) > 0 {
		return c.failure("its settings are wrong: " + strings.Join(found, "; "))
	}
	row, _ := c.Kind.row() // Problems found it
	length, limit := utf8.RuneCountInString(m.Text), row.limit
	switch {
	case strings.TrimSpace(m.Text) == "":
		return c.failure("there is no text to send")
	case !utf8.ValidString(m.Text) || !utf8.ValidString(m.Title):
		return c.failure("the text is not valid UTF-8: write it again")
	case strings.ContainsFunc(m.Text, isControl):
		return c.failure("the text has control characters: remove them")
	case length > limit || len(m.Text) > maxText:
		return c.failure(fmt.Sprintf("the text has %d characters, and %s takes %d: shorten it", length, c.Kind, limit))
	}
	return nil
}

// isControl reports whether r is a control character that no text needs.
func isControl(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }
