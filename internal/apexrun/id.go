package apexrun

const suffixLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

// ID18 returns the 18-character form of a record id: the 15 characters and three that say which of them are capitals, so that ids may be
// compared without their letter case. It returns false for anything that is no id, a wrong suffix included.
func ID18(id string) (string, bool) {
	if len(id) != 15 && len(id) != 18 {
		return "", false
	}
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return "", false
		}
	}
	full := id[:15]
	for part := range 3 {
		bits := 0
		for i := range 5 {
			if c := id[part*5+i]; c >= 'A' && c <= 'Z' {
				bits |= 1 << i
			}
		}
		full += suffixLetters[bits : bits+1]
	}
	return full, len(id) == 15 || id == full
}
