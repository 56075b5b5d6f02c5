package outside

import (
	"io"
	"maps"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"muster/state/clean"
)

// Whatever a message says, its mail has the headers that we wrote and its text.
func FuzzCompose(f *testing.F) {
	f.Add("Störung", "Grüße\n.\nend", "a/b")
	f.Add("a\r\nBcc: b@x.example\r\n\r\n", "\r\n.\r\nQUIT\r\n", "\r\nX: y")
	f.Add("=?utf-8?q?x?=", "=\r= \t\n", hostile)
	f.Add("", "one\rü\ntwo", "")
	f.Add(strings.Repeat("ü", 500), strings.Repeat("=", 2000), "")
	f.Fuzz(func(t *testing.T, title, text, key string) {
		channel := Channel{Kind: SMTP, From: "Ops <ops@x.example>", To: []string{"a@x.example"}}
		m := Message{Title: title, Text: text, DedupKey: key, IncidentID: key}
		written, err := new(Sender).compose(channel, m)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(written), "\r\n") {
			if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r > '~' }) {
				t.Fatalf("not fit for the wire: %q", line)
			}
		}
		got, err := mail.ReadMessage(strings.NewReader(string(written)))
		if err != nil {
			t.Fatal(err)
		}
		want := "Content-Transfer-Encoding Content-Type Date From Message-Id Mime-Version Subject To"
		if names := strings.Join(slices.Sorted(maps.Keys(got.Header)), " "); names != want {
			t.Fatalf("headers %s", names)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
		if err != nil || lines(string(body)) != lines(text) {
			t.Fatalf("the body of %q is %q, %v", text, body, err)
		}
	})
}

// lines is text with every kind of line break made one.
func lines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// Whatever an address holds, what is said of it holds no password and no query.
func FuzzDescribe(f *testing.F) {
	f.Add("https", "amy", "hunter2", "x.example", "/a", "k=v&w")
	f.Add("http", "", "p:@/", "[::1]:80", "//b\x1b", "=&=;%00")
	f.Fuzz(func(t *testing.T, scheme, user, password, host, path, query string) {
		const secret = "SECRETSECRET"
		u := &url.URL{
			Scheme: scheme, User: url.UserPassword(user+secret, password+secret), Host: host, Path: path,
			RawQuery: "k=" + url.QueryEscape(query+secret), Fragment: secret,
		}
		if strings.Contains(strings.ToUpper(scheme+host+path), secret) {
			t.Skip("said in the open")
		}
		text := say(shown(u), maxWhat, nil)
		if strings.Contains(text, secret) {
			t.Fatalf("%q shows in %q", secret, text)
		}
		echoed := say(u.String()+" "+query+secret+" "+password+secret, maxDetail, spellings(secretsOf(u)...))
		if !clean.IsClean(text) || !clean.IsClean(echoed) || !utf8.ValidString(echoed) {
			t.Fatalf("not clean: %q, %q", text, echoed)
		}
	})
}
