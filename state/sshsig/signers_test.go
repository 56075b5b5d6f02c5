package sshsig_test

import (
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state/sshsig"
)

func pemOf(block *pem.Block) []byte { return pem.EncodeToMemory(block) }

func TestWho(t *testing.T) {
	both := keys(t)
	s, other := signer(t, both["ed25519"]), signer(t, both["ecdsa"])
	key, strange := string(ssh.MarshalAuthorizedKey(s.PublicKey())), string(ssh.MarshalAuthorizedKey(other.PublicKey()))
	sig, err := sshsig.Parse(signed(t, s))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 24, 2, 31, 0, 0, time.UTC)
	for lines, want := range map[string]string{
		"ada " + key:                                                "ada",
		"# ada\n\nada,ben\t" + key:                                  "ada,ben",
		`"ada lovelace" ` + key:                                     "ada lovelace",
		"ben " + strange + "ada " + key:                             "ada",
		`ada namespaces="muster-head" ` + key:                       "ada",
		`ada namespaces="file,muster-*" ` + key:                     "ada",
		`ada namespaces="*h?ad" ` + key:                             "ada",
		`ada valid-after="20261124",valid-before="20261125" ` + key: "ada",
		`ada valid-after="202611240231Z" ` + key:                    "ada",
		`ada valid-before="20261124033101" ` + key:                  "ada", // 02:31:01 in UTC
		`ada valid-before="20261124" ` + key + "ada2 " + key:        "ada2",
		"":                             "none of the allowed",
		"ada " + strange:               "none of the allowed",
		`ada namespaces="file" ` + key: "not allowed to sign",
		`ada namespaces="" ` + key:     "not allowed to sign",
		`ada namespaces="muster-head,!muster-*" ` + key:       "not allowed to sign",
		`ada valid-before="20261124" ` + key:                  "not valid at this time",
		`ada valid-before="20261124033100" ` + key:            "not valid at this time",
		`ada valid-after="20261125" ` + key:                   "not valid at this time",
		"ada cert-authority " + key:                           "none of the allowed",
		`ada touch="yes" ` + key:                              "none of the allowed",
		`ada valid-after="tomorrow" ` + key:                   "line 1 of the allowed signers: \"tomorrow\"",
		"ada":                                                 "line 1 of the allowed signers: there is no key",
		"\nada ssh-ed25519 AAAA":                              "line 2 of the allowed signers: there is no key",
		`"ada ` + key:                                         "quotation mark",
		"ada " + key + strings.Repeat("#", sshsig.MaxSigners): "is the most",
	} {
		signers, err := sshsig.ParseSigners([]byte(lines), time.FixedZone("", 3600))
		got := ""
		if err == nil {
			got, err = sig.Who(signers, at)
		}
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) || strings.HasPrefix(want, "ada") && got != want {
			t.Errorf("%.80q: %q, want %q", lines, got, want)
		}
	}
}

// FuzzParse: whatever is read as a signature is refused for a text that nobody signed.
func FuzzParse(f *testing.F) {
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"))
	f.Add([]byte("-----BEGIN SSH SIGNATURE-----\nKey: value\n\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"))
	f.Add(armor(parts(1, "key", namespace, "", "sha512", "sig")))
	f.Fuzz(func(t *testing.T, data []byte) {
		sig, err := sshsig.Parse(data)
		if err == nil && sig.Verify(namespace, []byte("nobody signed this")) == nil {
			t.Errorf("%q holds", data)
		}
	})
}

// FuzzParseSigners: a list of signers is read or refused.
func FuzzParseSigners(f *testing.F) {
	f.Add([]byte("ada namespaces=\"a,*\",valid-after=\"20260101Z\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEI6zG1l0k0rGNqM4n9gA6b6n5n9V1v0u8hQ3l4m2r1x ada\n"))
	f.Add([]byte("\"ada\" cert-authority ssh-rsa AAAA"))
	f.Fuzz(func(t *testing.T, data []byte) {
		signers, err := sshsig.ParseSigners(data, time.UTC)
		for _, s := range signers {
			if err != nil || s.Key == nil {
				t.Errorf("%q: %v with %v", data, s, err)
			}
		}
	})
}
