package state_test

import (
	"net/netip"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

func TestIsPrivateAddr(t *testing.T) {
	for _, c := range []struct {
		addresses string
		private   bool
	}{
		{"127.0.0.1 127.8.8.8 ::1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254", true},
		{"0.0.0.0 0.1.2.3 100.64.0.1 100.100.100.200 192.0.0.8 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16", true},
		{":: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1", true},
		{"::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1::", true},
		{"1.1.1.1 172.15.0.1 172.32.0.1 192.169.0.1 100.128.0.1 198.20.0.1 223.255.255.255", false},
		{"2606:4700::1111 ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1", false},
	} {
		for text := range strings.FieldsSeq(c.addresses) {
			if got := state.IsPrivateAddr(netip.MustParseAddr(text)); got != c.private {
				t.Errorf("IsPrivateAddr(%s) is %v", text, got)
			}
		}
	}
}

func TestIsPrivateHost(t *testing.T) {
	for _, c := range []struct {
		hosts   string
		private bool
	}{
		{"127.0.0.1 [::1] ::1 10.0.0.1 169.254.169.254 fe80::1%25eth0 [fe80::1%eth0]", true},
		{"localhost LOCALHOST. a.localhost printer.local db.corp.internal metadata.google.internal router.lan nas.home.arpa ad.corp", true},
		{"metadata metadata.goog instance-data.ec2.internal intranet db01", true},
		// What some resolver makes an address of, although it is not written as one.
		{"127.1 0x7f.1 0x7f000001 2130706433 0177.0.0.1 127.0.0.1.. １２７.０.０.１ ①②⑦.0.0.1 localhost。", true},
		{"www.example.org example.org. mailserver.example.com internal.example.org localhost.example.org 1.1.1.1 2606:4700::1111 local.example", false},
	} {
		for host := range strings.FieldsSeq(c.hosts) {
			if got := state.IsPrivateHost(host); got != c.private {
				t.Errorf("IsPrivateHost(%s) is %v", host, got)
			}
		}
	}
}

func TestTargetOf(t *testing.T) {
	for _, c := range []struct {
		check runbooks.Check
		want  state.Target
	}{
		{runbooks.Check{URL: "http://169.254.169.254/latest/meta-data/?a=b"}, state.Target{Address: "169.254.169.254:80", Asks: "GET /latest/meta-data/?…", Private: true}},
		{runbooks.Check{URL: "https://user:pw@DB.Corp.Internal./x"}, state.Target{Address: "db.corp.internal:443", Asks: "GET /x", Private: true}},
		{runbooks.Check{URL: "https://[::1]:8443/"}, state.Target{Address: "[::1]:8443", Asks: "GET /", Private: true}},
		{runbooks.Check{URL: "https://www.example.org/"}, state.Target{Address: "www.example.org:443", Asks: "GET /"}},
		{runbooks.Check{TCP: "Localhost:22"}, state.Target{Address: "localhost:22", Asks: "connect", Private: true}},
		{runbooks.Check{TCP: "mail.example.org:25"}, state.Target{Address: "mail.example.org:25", Asks: "connect"}},
		{runbooks.Check{DNS: "vault.internal"}, state.Target{Address: "dns:vault.internal", Asks: "look up", Private: true}},
		{runbooks.Check{DNS: "www.example.org"}, state.Target{Address: "dns:www.example.org", Asks: "look up"}},
		{runbooks.Check{}, state.Target{}},
		{runbooks.Check{URL: "http://%zz/"}, state.Target{}},
		{runbooks.Check{TCP: "nothing"}, state.Target{}},
	} {
		if got := state.TargetOf(c.check); got != c.want {
			t.Errorf("TargetOf(%+v) is %+v, want %+v", c.check, got, c.want)
		}
	}
}

// TestBuiltInRunbooksNeedNoConsent: none of them names a private target, so that nobody
// is asked about what comes with the program.
func TestBuiltInRunbooksNeedNoConsent(t *testing.T) {
	heads, err := runbooks.Open(runbooks.Builtin()).List(t.Context())
	if err != nil || len(heads) < 5 {
		t.Fatalf("%d runbooks: %v", len(heads), err)
	}
	for _, head := range heads {
		source, _, err := runbooks.Open(runbooks.Builtin()).Load(head.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range source.Runbook.Services {
			if target := state.TargetOf(s.Check); target.Private {
				t.Errorf("%s: %s looks at %s", head.ID, s.ID, target.Address)
			}
		}
	}
}
