package view

import (
	"encoding/json"
	"time"

	"muster/state"
)

// What commands print that is of no incident, or of what was done with one.

// A Program is what muster version prints.
type Program struct {
	Version  string `json:"version"`
	Go       string `json:"go" doc:"the version of Go that it was built with"`
	System   string `json:"system"`
	Static   bool   `json:"static" doc:"whether it needs no library of the system's"`
	Licences string `json:"licences,omitempty" doc:"of all that it is made of, if they were asked for"`
}

// An Action is an action of the screens, with its keys.
type Action struct {
	ID      string   `json:"id" doc:"in the keys table of config.toml"`
	Title   string   `json:"title"`
	Keys    []string `json:"keys"`
	Default []string `json:"default,omitempty" doc:"its keys, where keys are one's own"`
	Places  []string `json:"places" doc:"the screens and dialogs it works in"`
	Fixed   bool     `json:"fixed" doc:"its keys cannot be changed"`
}

// A Channel is a way to send notices that the configuration sets, without its secrets.
type Channel struct {
	Name string   `json:"name"`
	Kind string   `json:"kind"`
	To   []string `json:"to,omitempty"`
}

// A Law is a ready-made deadline that a runbook can name.
type Law struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Within  string `json:"within"`
	From    string `json:"from"`
	To      string `json:"to"`
	Source  string `json:"source"`
	Checked string `json:"checked" doc:"when the source was last looked at"`
	Primary bool   `json:"primary" doc:"the law's own text was read"`
}

// A Runbook is a runbook of the library.
type Runbook struct {
	ID        string   `json:"id"`
	Title     string   `json:"title,omitempty"`
	Summary   string   `json:"summary,omitempty"`
	Severity  string   `json:"severity,omitempty"`
	Version   string   `json:"version,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	From      string   `json:"from"`
	Hides     []string `json:"hides,omitempty" doc:"layers that have one of the same id"`
	ReviewDue bool     `json:"review_due"`
	Problem   string   `json:"problem,omitempty" doc:"why it cannot be read"`
}

// A Scenario is a scenario of the library.
type Scenario struct {
	ID         string   `json:"id"`
	Title      string   `json:"title,omitempty"`
	Summary    string   `json:"summary,omitempty"`
	Runbook    string   `json:"runbook,omitempty"`
	Version    string   `json:"version,omitempty"`
	Objectives int      `json:"objectives,omitempty"`
	Injects    int      `json:"injects,omitempty"`
	Length     string   `json:"length,omitempty" doc:"exercise time of the last inject"`
	From       string   `json:"from"`
	Hides      []string `json:"hides,omitempty" doc:"layers that have one of the same id"`
	SHA256     string   `json:"sha256"`
	Problem    string   `json:"problem,omitempty" doc:"why it cannot be read"`
}

// A Lint is what is wrong with a file.
type Lint struct {
	File     string    `json:"file"`
	OK       bool      `json:"ok" doc:"it can be used; there may be warnings"`
	Problems []Problem `json:"problems"`
}

// A Problem is one thing that is wrong with a file.
type Problem struct {
	Line   int    `json:"line,omitempty" doc:"from 1; left out if it is of no line"`
	Column int    `json:"column,omitempty" doc:"in bytes, from 1; left out if the whole line is meant"`
	Level  string `json:"level" doc:"error or warning"`
	Where  string `json:"where,omitempty" doc:"phase \"contain\", step \"shut-down\""`
	What   string `json:"what"`
	Hint   string `json:"hint,omitempty"`
}

// A Started is an incident that was started.
type Started struct {
	ID string `json:"id"`
}

// A Welcome is the entry that made somebody a role's holder, and where things stand.
type Welcome struct {
	Entry  Entry  `json:"entry"`
	Sitrep Sitrep `json:"sitrep"`
}

// A Rehearsed is a drill that was played from a script.
type Rehearsed struct {
	Head
	State  string `json:"state" doc:"the folder that has it"`
	Report string `json:"report" doc:"the file that has its report"`
}

// A Stamping is a head that is to be stamped, or was.
type Stamping struct {
	ID        Text       `json:"id" null:"the first entry is withheld"`
	Head      LogHead    `json:"head" doc:"that is to be stamped, or was"`
	Request   string     `json:"request,omitempty" doc:"the file with the request"`
	Answer    string     `json:"answer,omitempty" doc:"the file with the authority's answer"`
	At        *time.Time `json:"stamped_at,omitempty" doc:"by the authority; left out while there is no answer"`
	Authority string     `json:"authority,omitempty" doc:"by its own word"`
	Recorded  uint64     `json:"recorded_seq,omitempty" doc:"the entry that says that it was stamped; left out while there is no answer"`
}

// A Proving is an entry that was proved.
type Proving struct {
	ID    Text            `json:"id" null:"the first entry is withheld"`
	Seq   uint64          `json:"seq" doc:"the entry that is shown"`
	Head  LogHead         `json:"head" doc:"that vouches for the tree by which it is proved"`
	File  string          `json:"file,omitempty" doc:"which has the proof"`
	Proof json.RawMessage `json:"proof,omitempty" doc:"the proof, if it was written to no file"`
}

// A Provable is what was found out about a proof that one entry stands in a log.
type Provable struct {
	File     string   `json:"file"`
	Good     bool     `json:"proof_good"`
	Exercise bool     `json:"exercise"`
	Problem  string   `json:"problem,omitempty"`
	Entry    *Entry   `json:"entry,omitempty" doc:"that it shows"`
	Size     uint64   `json:"tree_size,omitempty" doc:"of how many entries it is one"`
	Head     *LogHead `json:"head,omitempty" doc:"that vouches for the tree"`
	Heads    []Found  `json:"heads" doc:"those that were given"`
}

// A Signed is a head that was signed.
type Signed struct {
	ID          Text    `json:"id" null:"the first entry is withheld"`
	Head        LogHead `json:"head" doc:"up to which the signature goes"`
	Fingerprint string  `json:"fingerprint" doc:"of the key"`
	Statement   string  `json:"statement" doc:"the file that says what is signed"`
	Signature   string  `json:"signature" doc:"the file that has the signature"`
	Recorded    uint64  `json:"recorded_seq" doc:"the entry that says that it was signed"`
	Signed      string  `json:"signed,omitempty" doc:"over SSH, where no file is written: the statement, and the signature below it"`
}

// A Verdict is what was found out about a log's file.
type Verdict struct {
	File      string       `json:"file"`
	ID        string       `json:"id,omitempty" doc:"the incident's, by its first entry, whatever its file is called; left out if that cannot be read"`
	Title     string       `json:"title,omitempty" doc:"as it was called last; left out if that is withheld"`
	First     *time.Time   `json:"first,omitempty" doc:"when the first entry was recorded; left out if none can be read"`
	Last      *time.Time   `json:"last,omitempty" doc:"when the last good entry was recorded"`
	Mode      state.Mode   `json:"mode,omitempty" doc:"left out if no entry can be read"`
	Exercise  bool         `json:"exercise"`
	Entries   uint64       `json:"entries" doc:"good ones"`
	Withheld  *Withheld    `json:"withheld,omitempty" doc:"what the file lacks of them; left out if nothing"`
	Head      *LogHead     `json:"head,omitempty" doc:"of the last good entry"`
	Integrity *bool        `json:"integrity" null:"the bad line is of a newer format, and may be good"`
	Line      int          `json:"bad_line,omitempty"`
	Problem   string       `json:"problem,omitempty" doc:"what is wrong with it"`
	Torn      int64        `json:"torn_bytes,omitempty" doc:"behind the last entry, of a write that was cut short"`
	Unended   bool         `json:"no_line_end,omitempty" doc:"the file's last line is whole and counts, but lacks its line end"`
	Vouched   uint64       `json:"vouched_to,omitempty" doc:"the last entry that a witness, or a known signer, vouches for"`
	Heads     []Found      `json:"heads" doc:"those that were given"`
	Missing   uint64       `json:"once_had,omitempty" doc:"how many entries the store once noted, if it has fewer"`
	Signed    []Signature  `json:"signatures" doc:"those that were given"`
	Stamps    []StampSeen  `json:"stamps" doc:"those that the log records, and those that were given"`
	Named     []Witness    `json:"witnesses" doc:"whom to ask, by the log's own word"`
	Evidence  *Files       `json:"evidence" null:"files are recorded, and there is no folder of them beside the log, so that none was looked at"`
	Branches  []KeptBranch `json:"branches,omitempty" doc:"those that were taken over; left out if there are none, or their lines do not lie beside the log"`
	// Contradicts is what is wrong in a log of which every line is right.
	Contradicts []Contradiction `json:"contradictions" null:"the entries were not held against each other: there are too many, or a line is broken"`
}

// Files are what was found out about the files beside a log.
type Files struct {
	Recorded int        `json:"recorded" doc:"how many different files the entries record"`
	Withheld int        `json:"withheld" doc:"how many entries record files and do not say which"`
	Good     bool       `json:"good" doc:"each recorded file is there, and is what was recorded"`
	Wrong    []Misfiled `json:"wrong" doc:"those that are not"`
}

// A Misfiled is a file of the evidence that is not as it was recorded.
type Misfiled struct {
	Seq    uint64     `json:"seq" doc:"the entry that records it"`
	Name   string     `json:"name"`
	SHA256 state.Hash `json:"sha256" doc:"its name in the folder"`
	Found  string     `json:"found" doc:"changed, missing, or not read: and why"`
}

// A Found is a head that a witness was told.
type Found struct {
	Given string `json:"given"`
	Entry uint64 `json:"entry,omitempty" doc:"whose head it is; left out if it is not in the log"`
}

// A StampSeen is what was found out about one time stamp.
type StampSeen struct {
	File      string     `json:"file,omitempty" doc:"of one that was given"`
	Seq       uint64     `json:"seq,omitempty" doc:"the entry that records it, of one of the log's"`
	At        *time.Time `json:"stamped_at" null:"it was not read" doc:"by the authority's clock"`
	Authority string     `json:"authority,omitempty" doc:"by its own word; of one whose signature was checked, by its certificate"`
	Checked   bool       `json:"signature_checked" doc:"the authority's signature is good, by the certificates that were given"`
	Entry     uint64     `json:"entry,omitempty" doc:"up to which it goes; left out if it is not over this log"`
	Problem   string     `json:"problem,omitempty"`
}

// A Signature is what was found out about one signature.
type Signature struct {
	File    string `json:"file"`
	Key     string `json:"fingerprint,omitempty" doc:"of the key"`
	Signer  string `json:"signer,omitempty" doc:"whose key it is, by the allowed signers; left out if nobody checked"`
	Entry   uint64 `json:"entry,omitempty" doc:"up to which it goes; left out if it is not over this log"`
	Problem string `json:"problem,omitempty"`
}
