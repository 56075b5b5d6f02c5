package outside

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestNoFragmentOfASecret: case G13. A server that echoes a secret of its channel, in any
// spelling, whole or cut, gives nothing of it away: not in a receipt, not in an error.
func TestNoFragmentOfASecret(t *testing.T) {
	const secret = "Zq7hunter2xK9/w+vR"
	reversed := []byte(secret)
	slices.Reverse(reversed)
	for name, echo := range map[string]string{
		"whole":             secret,
		"its beginning":     secret[:7],
		"its end":           secret[len(secret)-6:],
		"its middle":        "…" + secret[4:11] + "…",
		"reversed":          string(reversed),
		"reversed, cut":     string(reversed[3:10]),
		"upper case":        strings.ToUpper(secret),
		"lower case, cut":   strings.ToLower(secret[2:9]),
		"hex":               hex.EncodeToString([]byte(secret)),
		"HEX":               strings.ToUpper(hex.EncodeToString([]byte(secret))),
		"hex, cut":          hex.EncodeToString([]byte(secret))[6:24],
		"base64":            base64.StdEncoding.EncodeToString([]byte(secret)),
		"base64, URL":       base64.URLEncoding.EncodeToString([]byte(secret)),
		"base64 of more":    base64.StdEncoding.EncodeToString([]byte("a" + secret + "b")),
		"base64 of more 2":  base64.StdEncoding.EncodeToString([]byte("xyz" + secret)),
		"base64 of more 3":  base64.StdEncoding.EncodeToString([]byte("ab" + secret)),
		"base64, reversed":  base64.StdEncoding.EncodeToString(reversed),
		"escaped":           url.QueryEscape(secret),
		"escaped as a path": url.PathEscape(secret),
		"every byte":        "%5A%71%37%68%75%6E%74%65%72%32%78",
	} {
		t.Run(name, func(t *testing.T) {
			for _, status := range []int{200, 400} {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(status)
					_, _ = w.Write([]byte("you sent <" + echo + "> here"))
				}))
				defer server.Close()
				channel := Channel{Name: "c", Kind: Webhook, URL: NewSecret(server.URL + "/hook?token=" + url.QueryEscape(secret))}
				receipt, err := new(Sender).Send(t.Context(), channel, Message{Title: "T", Text: "Text"})
				got := receipt.Answer
				if err != nil {
					got = err.Error()
				}
				if !strings.Contains(got, "you sent <") || !strings.Contains(got, mask) || !strings.Contains(got, "> here") {
					t.Errorf("%d: %q", status, got)
				}
				_, got, _ = strings.Cut(got, "you sent <")
				got, _, _ = strings.Cut(got, "> here")
				left := strings.NewReplacer(mask, "", "=", "", "…", "").Replace(got)
				if len(left) > 4 {
					t.Errorf("%d: %q is left of %q", status, left, echo)
				}
			}
		})
	}
}

// TestAnswersAreBounded: of an answer a beginning is kept, and of one without a secret all
// that it says.
func TestAnswersAreBounded(t *testing.T) {
	if got := told(strings.Repeat("word ", 1000), []string{"Zq7hunter2x"}); len(got) > maxSaid+10 {
		t.Errorf("%d bytes", len(got))
	}
	if got := told("channel_not_found: ask the owner of the workspace", []string{"Zq7hunter2x", "abc"}); got != "channel_not_found: ask the owner of the workspace" {
		t.Errorf("%q", got)
	}
}
