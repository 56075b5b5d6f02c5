package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts of testdata/outside run the real main against real servers on this
// machine, which stand for the organisation's services and for those who take its
// notices. $WEBSITE, $GISIS, $IMODOCS, $VP and $HOOK are their addresses.
func TestOutside(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "outside"),
		Setup: func(e *testscript.Env) error {
			e.Values["places"] = openPlaces(e)
			return setup(e)
		},
		RequireUniqueNames: true,
		ContinueOnError:    true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit":    exitCommand,
			"keep":    keepCommand,
			"json":    jsonCommand,
			"change":  changeCommand,
			"put":     putCommand,
			"fill":    fillCommand,
			"answer":  answerCommand,
			"got":     gotCommand,
			"nothing": nothingCommand,
		},
	})
}

// A place is a server whose answer can be changed, and which keeps what it was sent.
type place struct {
	mu     sync.Mutex
	status int
	body   string
	got    []string
	path   string
}

func (p *place) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Method == http.MethodPost {
		p.got = append(p.got, string(data))
		p.path = r.URL.RequestURI()
	}
	if p.status >= 300 && p.status < 400 {
		w.Header().Set("Location", p.body)
	}
	w.WriteHeader(p.status)
	fmt.Fprint(w, p.body)
}

func openPlaces(e *testscript.Env) map[string]*place {
	places := make(map[string]*place)
	for _, name := range []string{"WEBSITE", "GISIS", "IMODOCS", "VP", "HOOK"} {
		p := &place{status: 200, body: "ok"}
		server := httptest.NewServer(p)
		e.Defer(server.Close)
		e.Setenv(name, server.URL)
		places[name] = p
	}
	return places
}

// placeOf is the place that a script names.
func placeOf(ts *testscript.TestScript, name string) *place {
	p := ts.Value("places").(map[string]*place)[name]
	if p == nil {
		ts.Fatalf("there is no place %s", name)
	}
	return p
}

// answer PLACE STATUS [BODY]: from now on the place answers so. BODY is read as a
// Go string, and is where a redirect leads.
func answerCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 3)
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	body := ""
	if len(args) == 3 {
		body, err = strconv.Unquote(`"` + args[2] + `"`)
		ts.Check(err)
	}
	p := placeOf(ts, args[0])
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status, p.body = status, body
}

// got PLACE N TEXT: the place was sent N messages, the last of which has the text.
func gotCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 3, 3)
	p := placeOf(ts, args[0])
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := strconv.Itoa(len(p.got)); n != args[1] {
		ts.Fatalf("%s was sent %s messages, want %s", args[0], n, args[1])
	}
	if last := p.got[len(p.got)-1]; !strings.Contains(last, args[2]) {
		ts.Fatalf("%s was sent %q, which has no %q", args[0], last, args[2])
	}
}

// nothing PLACE: the place was sent no message.
func nothingCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 1, 1)
	p := placeOf(ts, args[0])
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.got) > 0 {
		ts.Fatalf("%s was sent %q", args[0], p.got)
	}
}

// fill FILE…: $NAMES in the files become what they stand for.
func fillCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 1, 9)
	for _, name := range args {
		write(ts, name, os.Expand(ts.ReadFile(name), ts.Getenv))
	}
}
