package outside

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"muster/state/clean"
)

const (
	maxSaid     = 200 // bytes kept of what another side said
	fragment    = 6   // bytes of a secret that are one, wherever they stand
	maxFragment = 400 // bytes of a secret that are looked for: one of more is found by these
)

// everybodys is what the addresses of webhooks have in common: no secret.
const everybodys = "https://hooks /services/ /webhooks/ /incoming/ /workflows/ /triggers/manual/paths/invoke"

// told makes what another side said fit to be kept and shown: a bounded beginning, in
// which no fragment of a secret is left, however that side spells it.
func told(text string, secrets []string) string {
	const enough = 1 << 10 // of this nothing that is kept can be cut out of a secret unseen
	text = hide(clean.Bounded(text, enough), secrets)
	return clean.Line(clean.Bounded(strings.TrimSpace(maskFragments(text, secrets)), maxSaid))
}

// maskFragments masks all that is part of a secret: in any case, reversed, in
// hexadecimal, in base64 and escaped for a URL. Rather too much is masked than too little.
func maskFragments(text string, secrets []string) string {
	// Lower case byte by byte, so that positions stay.
	lower := []byte(text)
	for i, b := range lower {
		if 'A' <= b && b <= 'Z' {
			lower[i] = b + 'a' - 'A'
		}
	}
	hidden := make([]bool, len(text))
	for _, s := range secrets {
		if len(s) < minHidden {
			continue
		}
		for _, spelled := range spelledOut(s[:min(len(s), maxFragment)]) {
			cover(string(lower), strings.ToLower(spelled.text), spelled.least, hidden)
		}
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if !hidden[i] {
			b.WriteByte(text[i])
		} else if i == 0 || !hidden[i-1] {
			b.WriteString(mask)
		}
	}
	return b.String()
}

// A spelling is a secret in one of its ways to be written, and how many bytes in a row
// of that are a fragment.
type spelling struct {
	text  string
	least int
}

func spelledOut(secret string) []spelling {
	reversed := []byte(secret)
	slices.Reverse(reversed)
	least := min(fragment, len(secret))
	var all []spelling
	for _, way := range []string{secret, string(reversed)} {
		percent := ""
		for i := range len(way) {
			percent += "%" + hex.EncodeToString([]byte{way[i]})
		}
		all = append(all, spelling{way, least}, spelling{url.QueryEscape(way), least}, spelling{url.PathEscape(way), least},
			spelling{percent, 3 * least}, spelling{hex.EncodeToString([]byte(way)), 2 * least})
		for before := range 3 { // bytes before it in what was encoded
			for _, code := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				coded := code.EncodeToString(append(make([]byte, before), way...))
				from, to := (8*before+5)/6, 8*(before+len(way))/6 // what its neighbours have no part in
				all = append(all, spelling{coded[from:to], max(1, (8*least-10)/6)})
			}
		}
	}
	return all
}

// cover marks every run of at least least bytes that text has in common with a spelling.
func cover(text, spelled string, least int, hidden []bool) {
	if least > len(spelled) {
		least = len(spelled)
	}
	for i := 0; i+least <= len(spelled) && least > 0; i++ {
		piece := spelled[i : i+least]
		if strings.Contains(everybodys, piece) {
			continue
		}
		for at := 0; ; at++ {
			next := strings.Index(text[at:], piece)
			if next < 0 {
				break
			}
			at += next
			for k := at; k < at+least; k++ {
				hidden[k] = true
			}
		}
	}
}
