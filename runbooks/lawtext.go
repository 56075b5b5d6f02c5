package runbooks

import "strings"

// lawTexts is where the texts of laws stand, by how a deadline's source begins. The
// addresses are the European legislation identifier and the United States' eCFR, which
// are made to last.
func lawTexts() []struct{ source, url string } {
	return []struct{ source, url string }{
		{"Directive (EU) 2022/2555", "https://eur-lex.europa.eu/eli/dir/2022/2555/oj"},
		{"Regulation (EU) 2016/679", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"},
		{"Regulation (EU) 2022/2554", "https://eur-lex.europa.eu/eli/reg/2022/2554/oj"},
		{"Regulation (EU) 2024/2847", "https://eur-lex.europa.eu/eli/reg/2024/2847/oj"},
		{"Regulation (EU) 2025/301", "https://eur-lex.europa.eu/eli/reg_del/2025/301/oj"},
		{"33 CFR 101.650", "https://www.ecfr.gov/current/title-33/section-101.650"},
		{"45 CFR 164.404", "https://www.ecfr.gov/current/title-45/section-164.404"},
	}
}

// LawText is the address of the text of the law that a ready-made deadline's source names;
// "" if there is none here, or if the source is not word for word one of those deadlines'.
// So a runbook's words never become an address.
func LawText(source string) string {
	for _, d := range Deadlines() {
		if d.Source != source {
			continue
		}
		for _, text := range lawTexts() {
			if strings.HasPrefix(source, text.source) {
				return text.url
			}
		}
	}
	return ""
}
