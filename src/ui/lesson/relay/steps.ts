/** A moment of the relay. */
export interface RelayStep {
  readonly name: string;
  readonly told: string;
}

/** From a signal outside to a gene that is read. Simplified: helpers between the steps are left out. */
export const relaySteps: readonly RelayStep[] = [
  { name: 'At rest', told: 'Nothing has arrived: the receptor in the membrane is empty.' },
  {
    name: 'A signal binds',
    told: 'A signal molecule binds to the receptor, on the outside. It goes no farther than this.',
  },
  {
    name: 'The receptor answers inside',
    told: 'The receptor’s inner end changes, and a first kinase is switched on.',
  },
  {
    name: 'Kinase 1 switches on kinase 2',
    told: 'The first kinase attaches a phosphate, P, to the second, which is then on too.',
  },
  {
    name: 'Kinase 2 switches on kinase 3',
    told: 'The second does the same to the third. One kinase serves many of the next: the signal grows.',
  },
  {
    name: 'Kinase 3 enters the nucleus',
    told: 'The third kinase goes where the signal never could: into the nucleus.',
  },
  {
    name: 'A gene is read',
    told: 'There it sets off the reading of a gene. A molecule arrived; a copy of a gene leaves.',
  },
];
