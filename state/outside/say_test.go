package outside

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

func TestSecret(t *testing.T) {
	secret := NewSecret("hunter2")
	type buried struct{ inside struct{ secret Secret } }
	var deep buried
	deep.inside.secret = secret
	channel := Channel{Name: "ops", URL: secret, Password: secret, RoutingKey: secret}
	hidden := struct{ channels []Channel }{[]Channel{channel}}
	mustNotLeak(t, []string{"hunter2"}, secret, &secret, []Secret{secret}, map[string]Secret{"a": secret},
		deep, &deep, channel, &channel, hidden, &hidden, fmt.Errorf("with %v and %v", secret, channel))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%20s"} {
		if got := fmt.Sprintf(verb, secret); got != mask {
			t.Errorf("%s writes %q", verb, got)
		}
	}
	if got := fmt.Sprint(Secret{}, NewSecret("")); got != " " {
		t.Errorf("no secret shows as %q", got)
	}
	if secret.String() != mask || secret.GoString() != mask || secret.IsZero() || !NewSecret("").IsZero() {
		t.Error("String, GoString or IsZero is wrong")
	}
}

func TestSecretIsReadAndNotWritten(t *testing.T) {
	var channel Channel
	const text = `name = "ops"
kind = "slack"
url = "https://hooks.example/hunter2"
timeout = "5s"
`
	if _, err := toml.Decode(text, &channel); err != nil {
		t.Fatal(err)
	}
	if channel.URL.reveal() != "https://hooks.example/hunter2" || channel.Timeout.Seconds() != 5 || channel.Kind != Slack {
		t.Errorf("read %+v", channel)
	}
	var out bytes.Buffer
	if err := toml.NewEncoder(&out).Encode(channel); err != nil {
		t.Fatal(err)
	}
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "channel", channel, "url", channel.URL)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "channel", channel, "url", channel.URL)
	if err := json.NewEncoder(&out).Encode(map[string]any{"c": &channel}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") || strings.Count(out.String(), mask) < 5 {
		t.Errorf("written:\n%s", &out)
	}
}

func TestShown(t *testing.T) {
	for in, want := range map[string]string{
		"https://x.example":                         "https://x.example",
		"https://x.example/a?b#c":                   "https://x.example/a?•••",
		"https://x.example/a?b=1&c=2":               "https://x.example/a?b=•••&c=•••",
		"https://amy@x.example/":                    "https://•••@x.example/",
		"https://amy:hunter2@x.example:8080/":       "https://•••@x.example:8080/",
		"https://x.example/?a=b=c;d":                "https://x.example/?a=•••",
		"https://x.example/?":                       "https://x.example/",
		"//amy:hunter2@x.example//y":                "//•••@x.example//y",
		"https://x.example/%1b]52;c;?a%1b=%1b%0a#z": "https://x.example/%1b]52;c;?a%1b=•••",
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(u); got != want {
			t.Errorf("shown(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestSay(t *testing.T) {
	hidden := spellings("pass word/1", "abc", "pass word/1")
	for _, c := range []struct{ name, in, want string }{
		{"plain", "  connection refused\n", "connection refused"},
		{"secret", "no pass word/1 here", "no ••• here"},
		{"secret in a query", "?p=pass+word%2F1", "?p=•••"},
		{"secret in a path", "/pass%20word%2F1/", "/•••/"},
		{"secret in base64", "AUTH cGFzcyB3b3JkLzE=", "AUTH •••"},
		{"too short for a secret", "abc", "abc"},
		{"control", "a\x1b[2Jb\r\nc", "a␛[2Jb␊c"},
		{"long", strings.Repeat("x", 1000), strings.Repeat("x", maxDetail-3) + "…"},
		{"a secret at the bound", strings.Repeat("x", maxDetail-8) + "pass word/1", strings.Repeat("x", maxDetail-8) + "•…"},
		{"endless", strings.Repeat("\x1b", 10<<20), strings.Repeat("␛", maxDetail-3) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := say(c.in, maxDetail, hidden); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
		})
	}
}
