package runbooks

import (
	"slices"
	"strings"
	"time"
)

// NotLegalAdvice stands wherever ready-made deadlines are shown.
const NotLegalAdvice = "Not legal advice: check each deadline with counsel before you rely on it."

// A Deadline is a ready-made clock: a duty to report that a law sets. A runbook
// names it with clock = "gdpr-33" and says what starts and stops it; what it does
// not say itself is taken from here.
type Deadline struct {
	ID      string
	Title   string
	Within  Span
	Outer   Span   // a second limit of the same duty, from awareness; zero if there is none
	Trigger string // what the time runs from, in words
	To      string // who must be told
	Source  string // the law, and where in it
	Checked string // the day on which the source was last looked at, YYYY-MM-DD
	Primary bool   // the law's own text was read; false: only a secondary source

	Restarts bool // it counts anew when its trigger happens again
	Aware    bool // it runs from when one became aware, or found it out
}

// Deadlines lists the ready-made clocks, by id. They come from public sources and
// carry the day they were last checked. Rules that are not in force are left out. Of
// those that name no hours only what must be told at once is here.
//
// Hours run through nights, weekends and holidays. Regulation (EEC, Euratom) 1182/71
// can make a period end later; counting plainly is the safe reading of it.
func Deadlines() []Deadline {
	hours := func(n int) Span { return Span{Duration: time.Duration(n) * time.Hour} }
	days := func(n int) Span { return Span{Days: n} }
	month := Span{Months: 1}
	list := slices.Concat(euDeadlines(hours, days, month), usDeadlines(hours, days), otherDeadlines(hours))
	return inOrder(list, func(a, b *Deadline) int { return strings.Compare(a.ID, b.ID) })
}

// The days on which sources were looked at.
const (
	lookedFirst = "2026-11-01"
	lookedAgain = "2026-11-28"
)

func euDeadlines(hours, days func(int) Span, month Span) []Deadline {
	const (
		cra    = "Regulation (EU) 2024/2847, Art. 14; it applies since 2026-09-11"
		unable = "; unable to report in time? tell the authority so, and why, before it is due (Art. 5(3))"
		dora   = "Regulation (EU) 2025/301, Art. 5" + unable
		csirt  = "CSIRT or competent authority"
		enisa  = "CSIRT and ENISA"
		market = "competent financial authority"
	)
	return []Deadline{
		{ID: "cra-early-warning", Title: "CRA: early warning", Within: hours(24), Aware: true, Trigger: "the manufacturer becoming aware", To: enisa, Source: cra, Checked: lookedAgain},
		{ID: "cra-final-incident", Title: "CRA: final report on a severe incident", Within: month, Trigger: "the 72-hour notification", To: enisa, Source: cra, Checked: lookedAgain},
		{ID: "cra-final-vulnerability", Title: "CRA: final report on an exploited vulnerability", Within: days(14), Trigger: "a fix being available", To: enisa, Source: cra, Checked: lookedAgain},
		{ID: "cra-notification", Title: "CRA: notification", Within: hours(72), Aware: true, Trigger: "the manufacturer becoming aware", To: enisa, Source: cra, Checked: lookedAgain},
		{ID: "dora-final", Title: "DORA: final report", Within: month, Trigger: "submitting the intermediate report, or its latest update", To: market, Source: dora, Checked: lookedAgain, Primary: true, Restarts: true},
		{ID: "dora-initial", Title: "DORA: initial notification", Within: hours(4), Outer: hours(24), Trigger: "classifying the incident as major; at most 24 h from awareness, unless it is classified later", To: market,
			Source: "Regulation (EU) 2022/2554, Art. 19; Regulation (EU) 2025/301, Art. 5(1) and (2)" + unable, Checked: lookedAgain, Primary: true},
		{ID: "dora-initial-outer", Title: "DORA: initial notification, outer limit", Within: hours(24), Aware: true, Trigger: "becoming aware", To: market, Source: dora, Checked: lookedAgain, Primary: true},
		{ID: "dora-intermediate", Title: "DORA: intermediate report", Within: hours(72), Trigger: "submitting the initial notification", To: market, Source: dora, Checked: lookedAgain, Primary: true},
		{ID: "gdpr-33", Title: "GDPR Art. 33: tell the authority", Within: hours(72), Aware: true, Trigger: "the controller becoming aware, unless a risk is unlikely; 96 hours are only proposed", To: "supervisory authority",
			Source: "Regulation (EU) 2016/679, Art. 33(1)", Checked: lookedAgain, Primary: true},
		{ID: "nis2-early-warning", Title: "NIS2: early warning", Within: hours(24), Aware: true, Trigger: "becoming aware of a significant incident", To: csirt, Source: "Directive (EU) 2022/2555, Art. 23(4)(a)", Checked: lookedAgain},
		{ID: "nis2-final", Title: "NIS2: final report", Within: month, Trigger: "the 72-hour notification; a progress report stands in for it while the incident lasts", To: csirt, Source: "Directive (EU) 2022/2555, Art. 23(4)(d) and (e)", Checked: lookedAgain},
		{ID: "nis2-notification", Title: "NIS2: notification", Within: hours(72), Aware: true, Trigger: "becoming aware of a significant incident", To: csirt, Source: "Directive (EU) 2022/2555, Art. 23(4)(b)", Checked: lookedAgain},
	}
}

func usDeadlines(hours, days func(int) Span) []Deadline {
	return []Deadline{
		{ID: "hipaa-60d", Title: "HIPAA: tell the individuals", Within: days(60), Aware: true, Trigger: "discovery", To: "individuals; from 500 persons also HHS", Source: "45 CFR 164.404 and 164.408", Checked: lookedFirst},
		{ID: "nydfs-72h", Title: "NYDFS: notice of a cybersecurity incident", Within: hours(72), Trigger: "determining that it occurred", To: "superintendent", Source: "23 NYCRR 500.17(a)", Checked: lookedFirst},
		{ID: "nydfs-ransom-24h", Title: "NYDFS: notice of an extortion payment", Within: hours(24), Trigger: "the payment", To: "superintendent", Source: "23 NYCRR 500.17(c)(1)", Checked: lookedAgain},
		{ID: "nydfs-ransom-reasons", Title: "NYDFS: written reasons for an extortion payment", Within: days(30), Trigger: "the payment", To: "superintendent", Source: "23 NYCRR 500.17(c)(2)", Checked: lookedAgain},
		{ID: "sec-8k", Title: "SEC Form 8-K, item 1.05", Within: Span{BusinessDays: 4}, Trigger: "determining that the incident is material", To: "public filing", Source: "Form 8-K, Item 1.05", Checked: lookedFirst},
		{ID: "us-banks-36h", Title: "US banks: notify the primary regulator", Within: hours(36), Trigger: "determining that it is a notification incident", To: "primary federal regulator", Source: "12 CFR 53, 225 and 304", Checked: lookedFirst},
		{ID: "uscg-nrc", Title: "US Coast Guard: telephone the National Response Center", Within: Span{AtOnce: true}, Trigger: "a reportable cyber incident at a US maritime facility or vessel",
			To: "National Response Center, +1-800-424-8802", Source: "33 CFR 101.650(g), in force since 2025-07-16; what to say: 33 CFR 101.305(d)", Checked: lookedAgain},
	}
}

func otherDeadlines(hours func(int) Span) []Deadline {
	const asd = "Australian Signals Directorate"
	return []Deadline{
		{ID: "certin-6h", Title: "CERT-In: report the incident", Within: hours(6), Aware: true, Trigger: "noticing the incident", To: "CERT-In", Source: "CERT-In Directions of 28 April 2022", Checked: lookedFirst},
		{ID: "ch-isa-24h", Title: "Switzerland: report the cyberattack", Within: hours(24), Aware: true, Trigger: "discovery, by an operator of critical infrastructure", To: "National Cyber Security Centre (BACS)",
			Source: "Information Security Act, Art. 74a to 74e, in force since 2025-04-01", Checked: lookedAgain},
		{ID: "cn-1h", Title: "China: report an incident of the gravest class", Within: hours(1), Aware: true, Trigger: "discovery of an incident of the gravest class", To: "cyberspace administration",
			Source: "Measures for the Administration of National Cybersecurity Incident Reporting, in force since 2025-11-01", Checked: lookedAgain},
		{ID: "hk-critical-12h", Title: "Hong Kong: report a serious incident", Within: hours(12), Aware: true, Trigger: "becoming aware that a core function is disrupted, or is likely to be", To: "Commissioner of Critical Infrastructure",
			Source: "Cap. 653, in force since 2026-01-01", Checked: lookedAgain},
		{ID: "hk-other-48h", Title: "Hong Kong: report another incident", Within: hours(48), Aware: true, Trigger: "becoming aware of an incident at a critical computer system", To: "Commissioner of Critical Infrastructure",
			Source: "Cap. 653, in force since 2026-01-01", Checked: lookedAgain},
		{ID: "soci-critical", Title: "Australia SOCI: critical incident", Within: hours(12), Aware: true, Trigger: "becoming aware of a significant impact; a written record within 84 h", To: asd, Source: "Security of Critical Infrastructure Act 2018, s 30BC", Checked: lookedFirst},
		{ID: "soci-other", Title: "Australia SOCI: other incident", Within: hours(72), Aware: true, Trigger: "becoming aware of a relevant impact", To: asd, Source: "Security of Critical Infrastructure Act 2018, s 30BD", Checked: lookedFirst},
		{ID: "tw-1h", Title: "Taiwan: report the incident", Within: hours(1), Aware: true, Trigger: "becoming aware, by a regulated body", To: "competent authority",
			Source: "Cyber Security Management Act, and its Regulations on the Notification and Response of Cyber Security Incidents", Checked: lookedAgain},
		{ID: "uk-gdpr-33", Title: "UK GDPR Art. 33: tell the ICO", Within: hours(72), Aware: true, Trigger: "the controller becoming aware, unless a risk is unlikely", To: "Information Commissioner", Source: "UK GDPR, Art. 33(1)", Checked: lookedFirst},
		{ID: "uk-pecr-24h", Title: "UK PECR: tell the ICO", Within: hours(24), Aware: true, Trigger: "a provider of public telecommunications becoming aware of a personal data breach", To: "Information Commissioner",
			Source: "Privacy and Electronic Communications Regulations 2003, reg. 5A", Checked: lookedAgain},
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
