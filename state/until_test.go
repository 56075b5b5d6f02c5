package state

import (
	"fmt"
	"strings"
	"testing"

	"muster/runbooks"
)

// TestSaidUntil: what an audience was told of a service holds until it is told anew: by the same
// notice, by one that corrects it, or by one to the same people that says something of it. The
// first that does is the end, and none that went out before.
func TestSaidUntil(t *testing.T) {
	type later struct {
		notice, audience, service string
		seq                       uint64
		corrects                  []uint64
	}
	for _, c := range []struct {
		name   string
		others []later
		end    uint64 // 0 for none
	}{
		{"nothing", nil, 0},
		{"the same notice", []later{{"a", "public", "", 12, nil}}, 12},
		{"the same notice before", []later{{"a", "public", "web", 8, nil}}, 0},
		{"the same people", []later{{"b", "public", "web", 12, nil}}, 12},
		{"the same people, before", []later{{"b", "public", "web", 8, nil}}, 0},
		{"the same people, of another service", []later{{"b", "public", "mail", 12, nil}}, 0},
		{"the same people, of nothing", []later{{"b", "public", "", 12, nil}}, 0},
		{"others", []later{{"b", "members", "web", 12, nil}}, 0},
		{"others, who are corrected", []later{{"b", "members", "", 12, []uint64{10}}}, 12},
		{"another that is corrected", []later{{"b", "members", "", 12, []uint64{9}}}, 0},
		{"two, the newer first", []later{{"b", "public", "web", 14, nil}, {"a", "public", "", 12, nil}}, 12},
		{"two, the older first", []later{{"b", "public", "web", 12, nil}, {"a", "public", "", 14, nil}}, 12},
	} {
		inc := &Incident{}
		add := func(l later) {
			sent := Sending{Notice: l.notice, Seq: l.seq, Corrects: l.corrects}
			if l.service != "" {
				sent.Claims = []ClaimKnown{{Claim: Claim{Service: l.service, State: Restored}}}
			}
			inc.Notices = append(inc.Notices, Notice{ID: l.notice, Def: &runbooks.Notice{ID: l.notice, Audience: l.audience}, Versions: []NoticeVersion{{Sent: []Sending{sent}}}})
		}
		add(later{"a", "public", "web", 10, nil})
		for _, l := range c.others {
			add(l)
		}
		first := &inc.Notices[0]
		end, told := first.outUntil(inc, &first.Versions[0].Sent[0], "web")
		var seq uint64
		if end != nil {
			seq = end.Seq
		}
		if seq != c.end || !told {
			t.Errorf("%s: it ends with entry %d, not %d; told: %v", c.name, seq, c.end, told)
		}
		inc.Redacted.Sent = 10
		if _, told := first.outUntil(inc, &first.Versions[0].Sent[0], "web"); !told {
			t.Errorf("%s: what is withheld came before, and it is not told", c.name)
		}
		inc.Redacted.Sent = 11
		if end, told := first.outUntil(inc, &first.Versions[0].Sent[0], "web"); told || end != nil {
			t.Errorf("%s: one is withheld, and it is told", c.name)
		}
	}
}

// TestFieldsAreNamed: a template names a field where its name ends, and not where a longer one
// begins with it.
func TestFieldsAreNamed(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, ".Down": true, "{{ list .Down }}": true, ".Downs": false, ".DownA": false, ".Downa": false, ".Downz": false, ".DownZ": false,
		".Down1": true, ".Down`": true, ".Down{": true, ".Down@": true, ".Down[": true, ".Downs and .Down": true, ".Downs and .DownA": false, "Down": false,
	} {
		if got := fieldIn(text, ".Down"); got != want {
			t.Errorf("%q names the field: %v", text, got)
		}
	}
}

// TestOrganisationOfTitles: of an organisation of which only titles are known, the first three
// are restored first, and every one has an id of its own.
func TestOrganisationOfTitles(t *testing.T) {
	titles := Titles(" Mail, ,Web,mail ,a,b,c,d,e,f,g,h,i,j,k,l,m,")
	o := OrganisationRunning("IMO", titles)
	var tiers []string
	seen := map[string]bool{}
	for i, s := range o.Services {
		tiers = append(tiers, fmt.Sprint(s.Tier))
		if seen[s.ID] || s.Title != titles[i] {
			t.Errorf("%q is %+v", titles[i], s)
		}
		seen[s.ID] = true
	}
	if got := strings.Join(tiers, ""); o.Name != "IMO" || got != "1112223334445555" {
		t.Errorf("%s has the tiers %s", o.Name, got)
	}
}
