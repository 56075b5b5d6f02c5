package runbooks

import "time"

// The tables of a runbook's file and their keys. A runbook is made from them by
// convert; the keys stand nowhere else.

type fileRunbook struct {
	At          Place
	Schema      *int      `toml:"schema"`
	ID          string    `toml:"id"`
	Title       string    `toml:"title"`
	Version     string    `toml:"version"`
	Summary     string    `toml:"summary"`
	Severity    string    `toml:"severity"`
	TLP         string    `toml:"tlp"`
	Org         string    `toml:"org"`
	Tags        []string  `toml:"tags"`
	Owner       string    `toml:"owner"`
	Reviewed    time.Time `toml:"reviewed"`
	ReviewEvery Span      `toml:"review_every"`
	References  []string  `toml:"references"`
	Immediate   []string  `toml:"immediate"`

	Inputs   []fileInput   `toml:"input"`
	Roles    []fileRole    `toml:"role"`
	Services []fileService `toml:"service"`
	Contacts []fileContact `toml:"contact"`
	Clocks   []fileClock   `toml:"clock"`
	Notices  []fileNotice  `toml:"notice"`
	Phases   []filePhase   `toml:"phase"`
}

type fileInput struct {
	At       Place
	ID       string   `toml:"id"`
	Prompt   string   `toml:"prompt"`
	Type     string   `toml:"type"`
	Choices  []string `toml:"choices"`
	Default  string   `toml:"default"`
	Required bool     `toml:"required"`
}

type fileAsk struct {
	At       Place
	ID       string   `toml:"id"`
	Prompt   string   `toml:"prompt"`
	Type     string   `toml:"type"`
	Choices  []string `toml:"choices"`
	Required bool     `toml:"required"`
	Sets     string   `toml:"sets"`
}

type fileRole struct {
	At       Place
	ID       string `toml:"id"`
	Title    string `toml:"title"`
	Duties   string `toml:"duties"`
	Required bool   `toml:"required"`
}

type fileService struct {
	At        Place
	ID        string     `toml:"id"`
	Title     string     `toml:"title"`
	Tier      *int       `toml:"tier"`
	DependsOn []string   `toml:"depends_on"`
	Shutdown  string     `toml:"shutdown"`
	Restore   string     `toml:"restore"`
	Owner     string     `toml:"owner"`
	Check     *fileCheck `toml:"check"`
	Example   bool       `toml:"example"`
}

type fileCheck struct {
	At     Place
	URL    string `toml:"url"`
	Expect *int   `toml:"expect"`
	Text   string `toml:"text"`
	TCP    string `toml:"tcp"`
	DNS    string `toml:"dns"`
}

type fileContact struct {
	At    Place
	ID    string   `toml:"id"`
	Title string   `toml:"title"`
	Role  string   `toml:"role"`
	Reach []string `toml:"reach"`
	Hours string   `toml:"hours"`
	Note  string   `toml:"note"`
}

type fileClock struct {
	At     Place
	ID     string `toml:"id"`
	Clock  string `toml:"clock"`
	Title  string `toml:"title"`
	Within Span   `toml:"within"`
	Starts string `toml:"starts"`
	From   string `toml:"from"`
	Stops  string `toml:"stops"`
	To     string `toml:"to"`
	Source string `toml:"source"`

	Outer    *fileBound `toml:"outer"`
	Restarts *bool      `toml:"restarts"`
}

type fileBound struct {
	At     Place
	Within Span   `toml:"within"`
	Starts string `toml:"starts"`
	From   string `toml:"from"`
}

type fileNotice struct {
	At         Place
	ID         string   `toml:"id"`
	Title      string   `toml:"title"`
	Audience   string   `toml:"audience"`
	Channel    string   `toml:"channel"`
	Approver   string   `toml:"approver"`
	NextUpdate Span     `toml:"next_update"`
	Claims     []string `toml:"claims"`
	Corrects   []string `toml:"corrects"`
	Text       string   `toml:"text"`
}

type filePhase struct {
	At    Place
	ID    string     `toml:"id"`
	Title string     `toml:"title"`
	Goal  string     `toml:"goal"`
	Steps []fileStep `toml:"step"`
}

type fileStep struct {
	At        Place
	ID        string       `toml:"id"`
	Kind      string       `toml:"kind"`
	Title     string       `toml:"title"`
	Each      string       `toml:"each"`
	Service   string       `toml:"service"`
	Notice    string       `toml:"notice"`
	Contact   string       `toml:"contact"`
	Role      string       `toml:"role"`
	Expect    Span         `toml:"expect"`
	Needs     []string     `toml:"needs"`
	When      string       `toml:"when"`
	Text      string       `toml:"text"`
	Checklist []string     `toml:"checklist"`
	Command   string       `toml:"command"`
	DoneWhen  string       `toml:"done_when"`
	Evidence  bool         `toml:"evidence"`
	TwoPerson bool         `toml:"two_person"`
	Reason    string       `toml:"reason"`
	Required  *bool        `toml:"required"`
	Options   []fileOption `toml:"options"`
	Ask       []fileAsk    `toml:"ask"`
}

type fileOption struct {
	At     Place
	ID     string   `toml:"id"`
	Title  string   `toml:"title"`
	State  string   `toml:"state"`
	Claims []string `toml:"claims"`
}
