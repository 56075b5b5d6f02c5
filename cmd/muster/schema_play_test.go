package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state/team"
)

// TestAllJSONIsAsTheSchemaSays runs every command that prints JSON, in a live incident,
// in a drill, and of copies from which parts are withheld.
func TestAllJSONIsAsTheSchemaSays(t *testing.T) {
	j := newJudge(t)
	j.file(".config/muster/runbooks/book.toml", everythingBook)
	j.file(".config/muster/scenarios/story.toml", everythingScenario)
	j.file(".config/muster/contacts.toml", "[[contact]]\nid = \"cert\"\nreach = [\"signal:1\"]\nnote = \"ask for Eve\"\n")
	j.config("[[channel]]\nname = \"page\"\nkind = \"webhook\"\nurl = \"https://hook.example/x\"\n[[channel]]\nname = \"mute\"\nkind = \"webhook\"\nurl = \"" + mute(t) + "\"\n")
	j.program()
	j.team()
	j.live()
	j.withheld()
	j.drill()
	j.rehearsed()
	var never []string
	for _, o := range outputs(newRoot(newEnv())) {
		if !j.seen[o.Command] {
			never = append(never, o.Command)
		}
	}
	slices.Sort(never)
	if never = slices.Compact(never); len(never) > 0 {
		t.Errorf("never run: %s", strings.Join(never, ", "))
	}
}

// mute is the address of a server that takes what it is sent and hangs up.
func mute(t *testing.T) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(server.Close)
	return server.URL
}

// all runs commands, a line each; a word in quotes is one word.
func (j *judge) all(lines string) {
	j.t.Helper()
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		var words []string
		for i, part := range strings.Split(line, "'") {
			if i%2 == 1 {
				words = append(words, part)
			} else {
				words = append(words, strings.Fields(part)...)
			}
		}
		j.judged(words...)
	}
}

// program is what is of no incident.
func (j *judge) program() {
	wrong := j.file("wrong.toml", "title = 3\nnonsense = 1\n")
	form := j.file("form.toml", "title = \"F\"\n[[field]]\nid = \"a\"\nfrom = [\"fact:none\"]\n")
	j.all("form\nform list\nform lint gdpr-33\nform lint " + form + "\nlist\nkeys\nversion\nversion --licences\nclock laws\nnotice channels\nrunbook list\nrunbook show book\nrunbook show ransomware\n" +
		"drill\ndrill list\ndrill show story\nrunbook lint " + wrong + "\ndrill lint " + wrong + "\n" +
		"init 'Example Shipping' --service Booking --contact 'CERT=tel:+1' --person Ada\norganisation\norganisation list\norganisation show imo\norganisation lint\norganisation lint " + wrong)
}

// team is who may come over SSH: somebody is invited, waits, and is let in.
func (j *judge) team() {
	invited := j.judged("people", "invite", "Ben", "--role", "responder").(map[string]any)
	until, err := time.Parse(time.RFC3339, invited["until"].(string))
	if err != nil {
		j.t.Fatal(err)
	}
	folder := team.Folder{Path: filepath.Dir(j.file(".local/state/muster/team/note", "")), Random: rand.Reader, Now: func() time.Time { return until.Add(-time.Minute) }}
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		j.t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		j.t.Fatal(err)
	}
	if _, err := folder.Knock(key, invited["code"].(string), "127.0.0.1"); err != nil {
		j.t.Fatal(err)
	}
	j.all("people\npeople admit Ben\npeople")
}

func (j *judge) live() {
	evidence := j.file("fw.png", "pixels")
	j.all(`
		start book --title 'A fire' --detected -3h
		status
		me
		step start plug
		step tick plug 1
		step untick plug 1
		step done plug --note out --override 'no time'
		step answer burns yes --set how=smoke
		step block window --why 'the key'
		step start window
		step fail window --why stuck
		step reopen window --why again
		step assign window Ben
		step skip window --why 'too cold'
		step done two
		--as Ben step confirm two
		step add 'Call the lift'
		note 'it smells'
		input place=here
		evidence ` + evidence + `
		severity sev1 --why worse
		service printer affected --why smoke
		service add lift --title Lift
		contact add plumber --title Plumber --reach tel:+1
		title 'It burns' --why named
		service
		role chief Ada
		role
		role hand chief Ben
		status
		--as Ben role ack chief
		note 'a slip'
		undo
	`)
	j.judged("amend", j.noted("it smells"), "--text", "it smoked", "--why", "asked again")
	j.judged("mark", j.noted("it began here"), "--why", "so")
	j.judged("retract", j.noted("a slip"), "--why", "a slip")
	j.all(`
		step show plug
		notice
		notice list
		notice show holding
		notice draft holding
		notice draft holding --text 'The printer burns.' --claim printer=affected
		--as Ben notice approve holding
		notice send holding --by-hand --channel telephone --override 'nobody is there'
		clock waive law --why 'nobody is hurt'
		form answer gdpr-33 records 'about 40'
		form answer gdpr-33 kind conf,avail
		form draft gdpr-33
		notice send gdpr-33 --by-hand --override 'controller contact aware nature people consequences measures: to follow'
		form show gdpr-33
		form fill gdpr-33
	`)
	j.try("notice", "send", "holding", "--channel", "mute", "--override", "nobody is there")
	j.all(`
		notice list
		notice show holding
		status
		sitrep
		notice left holding --not
		service printer restored --why 'it is wet'
		notice show holding
		notice list
		clock
		clock list
		clock start filing --why material
		clock met filing --why filed
		timer set 10m 'ask Ben'
		timer
		timer end timer-1 --why done
		timer list
		contact
		contact list
		contact show cert
		contact call cert call-back --back 30m --via 1
		contact call mayor no-answer --title 'The mayor'
		contact show cert
		status --at 5
		service list
		service list --at 5
		role list
		role list --at 5 --as-it-was
		clock list --at 5
		notice list --at 5
		contact list --at 5
		timer list --at 5
		log --at 5 --as-it-was
		sitrep --at 5
		export --at 5
		review good 'It was quick'
		review bad 'Nobody knew the number'
		review cause 'A cable' --factor 'no spare'
		review action 'Buy cables' --owner Ben --due 14d
		review done 1
		review
		attach account-compromise --why 'it spreads'
		witness bank --how telephone
		head
		sitrep
		sitrep --issue --to board
		status
		list
		log
		export
		export --format json
		verify
		verify --head 7K3M-Q9XA-02FH-TTZ4
	`)
	j.sign()
	j.stamp()
	j.branch()
	j.all("rescue\nclose 'It is out.' --override 'enough'\nstatus 2026\nsitrep 2026\nexport 2026\nlist\nreopen 2026 --why 'it smokes'\nclose --override 'enough'")
}

// noted writes a note, and returns its number.
func (j *judge) noted(text string) string {
	note := j.judged("note", text).(map[string]any)
	return note["seq"].(json.Number).String()
}

// sign signs the head, and checks the signature.
func (j *judge) sign() {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		j.t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		j.t.Fatal(err)
	}
	file, head := j.file("id", string(pem.EncodeToMemory(block))), j.file("a.head", "")
	j.judged("sign", "--key", file, "-o", head, "--force")
	j.judged("verify", "--signature", head+".sig")
}

// stamp asks for a stamp, and takes one: openssl's over another hash, made to be over this.
func (j *judge) stamp() {
	request := j.file("a.tsq", "")
	stamping := j.judged("stamp", "-o", request, "--force").(map[string]any)
	hash, err := hex.DecodeString(stamping["head"].(map[string]any)["hash"].(string))
	if err != nil {
		j.t.Fatal(err)
	}
	answer, err := os.ReadFile(filepath.Join("..", "..", "state", "tsp", "testdata", "ec.tsr"))
	if err != nil {
		j.t.Fatal(err)
	}
	other := sha256.Sum256([]byte("the head"))
	file := j.file("b.tsr", string(bytes.Replace(answer, other[:], hash, 1)))
	j.judged("stamp", "--add", file, "--override", "the clock of the test's authority")
	j.judged("verify", "--stamp", file)
	proof := j.file("a.proof", "")
	j.judged("prove", "2")
	j.judged("prove", "1", "-o", proof, "--force")
	j.judged("verify", proof)
}

// branch is a copy in which people go on, and which is merged.
func (j *judge) branch() {
	here, err := filepath.Glob(filepath.Join(j.vars["HOME"], ".local/state/muster/incidents/*"))
	if err != nil || len(here) != 1 {
		j.t.Fatalf("there are %q, %v", here, err)
	}
	there := filepath.Join(j.vars["HOME"], "there")
	j.judged("copy", here[0], "--state", there)
	j.all("status --state " + there + "\nlist --state " + there + "\nbranch --state " + there)
	j.judged("--as", "Ben", "service", "printer", "affected", "--why", "it smokes", "--state", there)
	j.all("status --state " + there + "\nlist --state " + there + "\nexport --state " + there)
	j.judged("service", "printer", "unaffected", "--why", "it prints")
	side := filepath.Join(there, "incidents", filepath.Base(here[0]))
	other := filepath.Join(j.vars["HOME"], "other")
	j.judged("copy", side, "--state", other)
	j.run("branch", "--as", "Cleo", "--state", other)
	j.run("note", "seen", "--as", "Cleo", "--state", other)
	both := j.judged("merge", "--dry-run", side, filepath.Join(other, "incidents", filepath.Base(side))).(map[string]any)
	if n := len(both["branches"].([]any)); n != 2 {
		j.t.Errorf("a merge of two tells of %d branches", n)
	}
	j.judged("merge", "--dry-run", side)
	j.judged("merge", side)
	answers := j.judged("settle").([]any)[0].(map[string]any)["answers"].([]any)
	j.all("status\nsitrep\nexport\nverify\nlog\nlist\nservice list")
	j.judged("settle", "service:printer", "--holds", answers[0].(map[string]any)["seq"].(json.Number).String(), "--why", "it was looked at")
	j.all("settle\nstatus\nexport\nverify")
}

// withheld is the live incident, told from copies that lack something.
func (j *judge) withheld() {
	for _, parts := range []string{"names", "notes", "evidence", "runbook", "all"} {
		copied := j.file("copy-"+parts+".jsonl", "")
		j.run("export", "--format", "jsonl", "--withhold", parts, "-o", copied, "--force", "2026")
		j.judged("form", "fill", "gdpr-33", copied)
		for _, command := range []string{"status", "sitrep", "export", "log", "head", "verify"} {
			j.judged(command, copied)
		}
		j.judged("export", "2026", "--withhold", parts)
	}
}

func (j *judge) drill() {
	j.all(`
		start book --drill --scenario story
		drill clock
		drill clock start
		drill run --once
		drill clock pause
		drill clock jump +0:05
		drill clock resume
		drill clock speed 2
		drill ack 1 'we look'
		drill hold press --why 'not yet'
		drill hold press --release
		drill next
		drill deliver mail
		drill add 'Another call' --to all
		drill status
		step start plug
		drill status
		check
		drill rate calm S --note 'they did'
		drill observe 'Calm.' --strength
		drill observe 'Too late.' --improve
		status
		service
		drill report --draft
		export
		sitrep
		close --override 'pens down'
		drill report
		start book --drill --scenario story
		drill skip mail --why 'no time'
		drill status
	`)
}

func (j *judge) rehearsed() {
	dir := j.vars["HOME"] + "/rehearsal"
	script := j.file("story.script", "+0:02 Ada note 'we look'\n+0:12 Ada step start plug\n")
	j.judged("drill", "rehearse", "story", "--script", script, "--at", "2020-09-30T09:00:00Z", "-o", dir)
	j.all("status 2020 --state " + dir + "\nexport 2020 --state " + dir + "\ndrill report 2020 --state " + dir + "\nsitrep 2020 --state " + dir)
}
