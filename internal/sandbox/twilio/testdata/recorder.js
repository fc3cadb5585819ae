(() => {
  'use strict';
  const actions = ['AcceptTask', 'RejectTask', 'HangupCall', 'WrapupTask', 'CompleteTask', 'TransferTask', 'CancelTransfer',
    'PauseChannel', 'ResumeChannel', 'StartOutboundCall', 'MonitorCall', 'StartChannelTransfer', 'HoldCall', 'UnholdCall'];
  const events = ['taskReceived', 'taskAccepted', 'taskRejected', 'taskTimeout', 'taskRescinded', 'taskCanceled', 'taskWrapup',
    'taskCompleted', 'taskUpdated'];
  window.told = [];
  const transfer = (t) => (t ? [t.mode, t.type, t.status].join(' ') : '');
  const tell = (Event, task) => window.told.push({
    Event,
    SID: task?.sid ?? '',
    Task: task?.taskSid ?? '',
    Status: task?.status ?? '',
    TaskStatus: task?.taskStatus ?? '',
    Channel: task?.channelType ?? '',
    Parties: task?.conference ? task.conference.participants.map((p) => p.participantType + ' ' + p.status).sort() : null,
    Raw: task?.conference
      ? task.conference.source.channelParticipants.map((p) => p.type + ' ' + (p.mediaProperties.status || 'joined')).sort()
      : null,
    In: transfer(task?.incomingTransferObject),
    Out: transfer(task?.outgoingTransferObject),
  });
  class Recorder {
    init(flex, manager) {
      for (const name of actions) {
        for (const when of ['before', 'after']) {
          flex.Actions.addListener(when + name, (payload) => tell(when + name, payload?.task));
        }
      }
      for (const name of events) manager.events.addListener(name, (task) => tell(name, task));
    }
  }
  Twilio.Flex.Plugins.init(Recorder);
})();
