// Package outbox keeps what is not settled with Salesforce beyond the life of the
// page: reservations as plain records, in the store of the loader in web/. It
// translates, and decides nothing about what is in them.
package outbox
