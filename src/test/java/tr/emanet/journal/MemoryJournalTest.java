package tr.emanet.journal;

class MemoryJournalTest extends JournalContract {

  @Override
  Journal open() {
    return new MemoryJournal();
  }
}
