package outside

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
)

// compose writes a message as a mail. Nothing in it can begin a header of its own:
// every value is cleaned of line breaks and encoded. The incident's id is not in
// it: an id such as "ransomware-7" would tell the public more than the text does.
func (s *Sender) compose(c Channel, m Message) ([]byte, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return nil, errors.New("from must be one mail address")
	}
	to := make([]string, len(c.To))
	for i := range c.To {
		one, err := mail.ParseAddress(c.To[i])
		if err != nil {
			return nil, errors.New("to must list mail addresses")
		}
		to[i] = one.String()
	}
	var out bytes.Buffer
	header := func(name, value string) { fmt.Fprintf(&out, "%s: %s\r\n", name, value) }
	header("From", from.String())
	header("To", strings.Join(to, ",\r\n "))
	header("Subject", subject(m))
	header("Date", s.now().Format(time.RFC1123Z))
	header("Message-ID", messageID(from.Address, m))
	header("MIME-Version", "1.0")
	header("Content-Type", "text/plain; charset=utf-8")
	header("Content-Transfer-Encoding", "quoted-printable")
	if !m.LogHead.IsZero() {
		header("X-Muster-Log-Head", m.LogHead.String())
	}
	out.WriteString("\r\n")
	body := quotedprintable.NewWriter(&out)
	// Of "\rü\n" the writer would lose the second line break.
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(m.Text)
	_, err = body.Write([]byte(text))
	err = errors.Join(err, body.Close()) // which writes the last line
	return out.Bytes(), err
}

// subject is the title, or else the text's first line.
func subject(m Message) string {
	title := m.Title
	if strings.TrimSpace(title) == "" {
		title, _, _ = strings.Cut(strings.TrimSpace(m.Text), "\n")
	}
	return encoded(title)
}

// encoded is text as a header's value: on one line, bounded, in encoded words if
// it is not plain ASCII, and folded between them.
func encoded(text string) string {
	text = clean.Line(clean.Bounded(strings.TrimSpace(text), maxSubject))
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", text), "?= =?", "?=\r\n =?")
}

// messageID is the same for every attempt at one message, so that a mail that
// arrives twice is seen to be one.
func messageID(from string, m Message) string {
	sum := state.Sum(fmt.Appendf(nil, "%q %q %q %q %s", m.IncidentID, m.DedupKey, m.Title, m.Text, m.LogHead))
	domain := from[strings.LastIndexByte(from, '@')+1:]
	return "<" + hex.EncodeToString(sum[:16]) + "@" + clean.Line(domain) + ">"
}
