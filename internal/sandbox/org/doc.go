// Package org is a Salesforce org that stands in for a real one: its records, its runApex and its saveLog, as Open CTI answers them.
//
// It must not know the page, the wire or Flex. The records are in SQLite, and are changed in one place whatever the way in (Apex, saveLog
// or a test's Insert), so that a rule which a real org enforces cannot be got round by choosing another door.
//
// The agent may do what their permission sets say, see [Org.ActAs]. Validation rules, triggers and active flows are not modelled; a
// project that has some of them is refused rather than run without them.
package org
