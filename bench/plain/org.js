// The contract with the org: what is sent for a Case and for a row.

const hex = (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Returns the Case of the log's engagement, found or made. */
export function createRecords(org, log) {
  const details = { channel: log.channel, direction: log.direction, name: log.name, address: log.address, queue: log.queue, taskSid: log.taskSid };
  return org.runApex('TwilioCaseController', 'createRecords', [
    ['phone', /^\+?[\d ()-]{3,20}$/.test(log.address) ? log.address.replace(/\D/g, '') : ''],
    ['engagement', log.engagement],
    ['details', hex(JSON.stringify(details))],
  ]);
}

const suffix = { 'Reservation accepted': 'accepted', Wrapup: 'wrapup', Completed: 'completed' };

/** Returns what saveLog is given for a row. */
export function row(log, r) {
  const fields = { entityApiName: 'TwilioCallLog__c' };
  if (r.id) {
    fields.Id = r.id;
  } else {
    Object.assign(fields, {
      Name: `${log.name || log.address || 'Unknown'} - ${r.status}`.slice(0, 80),
      Case__c: log.caseId,
      Status__c: r.status,
      Key__c: `${log.sid}-${suffix[r.status]}`,
      StartTime__c: new Date(r.start).toISOString(),
      TaskSid__c: log.taskSid,
      ReservationSid__c: log.sid,
      Channel__c: log.channel,
      Direction__c: log.direction,
      Queue__c: log.queue,
    });
  }
  if (r.seconds !== undefined) {
    fields.Duration__c = r.seconds;
    if (log.endedBy && r === log.rows?.[0]) fields.EndedBy__c = log.endedBy;
  }
  return fields;
}
