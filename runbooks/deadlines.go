package runbooks

import "time"

// NotLegalAdvice stands wherever ready-made deadlines are shown.
const NotLegalAdvice = "Not legal advice: check each deadline with counsel before you rely on it."

// A Deadline is a ready-made clock: a duty to report that a law sets. A runbook
// names it with clock = "gdpr-33" and says what starts and stops it; what it does
// not say itself is taken from here.
type Deadline struct {
	ID      string
	Title   string
	Within  Span
	Trigger string // what the time runs from, in words
	To      string // who must be told
	Source  string // the law, and where in it
	Checked string // the day on which the source was last looked at, YYYY-MM-DD
	Primary bool   // the law's own text was read; false: only a secondary source
}

// Deadlines lists the ready-made clocks, by id. They come from public sources and
// carry the day they were last checked. Deadlines that only say "without undue
// delay" are not clocks and are left out, and so are rules not yet in force.
func Deadlines() []Deadline {
	const checked = "2026-11-01"
	day := func(n int) Span { return Span{Days: n} }
	hours := func(n int) Span { return Span{Duration: time.Duration(n) * time.Hour} }
	return []Deadline{
		{"certin-6h", "CERT-In: report the incident", hours(6), "noticing the incident", "CERT-In", "CERT-In Directions of 28 April 2022", checked, false},
		{"cra-early-warning", "CRA: early warning", hours(24), "the manufacturer becoming aware", "CSIRT and ENISA", "Regulation (EU) 2024/2847, Art. 14", checked, false},
		{"cra-final-incident", "CRA: final report on a severe incident", Span{Months: 1}, "the 72-hour notification", "CSIRT and ENISA", "Regulation (EU) 2024/2847, Art. 14", checked, false},
		{"cra-final-vulnerability", "CRA: final report on an exploited vulnerability", day(14), "a fix being available", "CSIRT and ENISA", "Regulation (EU) 2024/2847, Art. 14", checked, false},
		{"cra-notification", "CRA: notification", hours(72), "the manufacturer becoming aware", "CSIRT and ENISA", "Regulation (EU) 2024/2847, Art. 14", checked, false},
		{"dora-final", "DORA: final report", Span{Months: 1}, "submitting the intermediate report", "competent financial authority", "Reg. (EU) 2025/301, Art. 5", checked, true},
		{"dora-initial", "DORA: initial notification", hours(4), "classifying the incident as major; at most 24 h from awareness", "competent financial authority", "Regulation (EU) 2022/2554, Art. 19; Reg. (EU) 2025/301, Art. 5", checked, true},
		{"dora-initial-outer", "DORA: initial notification, outer limit", hours(24), "becoming aware", "competent financial authority", "Reg. (EU) 2025/301, Art. 5", checked, true},
		{"dora-intermediate", "DORA: intermediate report", hours(72), "submitting the initial notification", "competent financial authority", "Reg. (EU) 2025/301, Art. 5", checked, true},
		{"gdpr-33", "GDPR Art. 33: tell the authority", hours(72), "the controller becoming aware, unless a risk is unlikely", "supervisory authority", "Regulation (EU) 2016/679, Art. 33(1)", checked, true},
		{"hipaa-60d", "HIPAA: tell the individuals", day(60), "discovery", "individuals; from 500 persons also HHS", "45 CFR 164.404 and 164.408", checked, false},
		{"nis2-early-warning", "NIS2: early warning", hours(24), "becoming aware of a significant incident", "CSIRT or competent authority", "Directive (EU) 2022/2555, Art. 23(4)(a)", checked, false},
		{"nis2-final", "NIS2: final report", Span{Months: 1}, "the 72-hour notification", "CSIRT or competent authority", "Directive (EU) 2022/2555, Art. 23(4)(d)", checked, false},
		{"nis2-notification", "NIS2: notification", hours(72), "becoming aware of a significant incident", "CSIRT or competent authority", "Directive (EU) 2022/2555, Art. 23(4)(b)", checked, false},
		{"nydfs-72h", "NYDFS: notice of a cybersecurity incident", hours(72), "determining that it occurred", "superintendent", "23 NYCRR 500.17(a)", checked, false},
		{"nydfs-ransom-24h", "NYDFS: notice of an extortion payment", hours(24), "the payment", "superintendent", "23 NYCRR 500.17(c)", checked, false},
		{"sec-8k", "SEC Form 8-K, item 1.05", Span{BusinessDays: 4}, "determining that the incident is material", "public filing", "Form 8-K, Item 1.05", checked, false},
		{"soci-critical", "Australia SOCI: critical incident", hours(12), "becoming aware of a significant impact; a written record within 84 h", "Australian Signals Directorate", "Security of Critical Infrastructure Act 2018, s 30BC", checked, false},
		{"soci-other", "Australia SOCI: other incident", hours(72), "becoming aware of a relevant impact", "Australian Signals Directorate", "Security of Critical Infrastructure Act 2018, s 30BD", checked, false},
		{"uk-gdpr-33", "UK GDPR Art. 33: tell the ICO", hours(72), "the controller becoming aware, unless a risk is unlikely", "Information Commissioner", "UK GDPR, Art. 33(1)", checked, false},
		{"us-banks-36h", "US banks: notify the primary regulator", hours(36), "determining that it is a notification incident", "primary federal regulator", "12 CFR 53, 225 and 304", checked, false},
	}
}

// FindDeadline is the ready-made clock of this id; false if there is none.
func FindDeadline(id string) (Deadline, bool) {
	for _, d := range Deadlines() {
		if d.ID == id {
			return d, true
		}
	}
	return Deadline{}, false
}

func deadlineIDs() []string {
	var ids []string
	for _, d := range Deadlines() {
		ids = append(ids, d.ID)
	}
	return ids
}
