----------------------------- MODULE Membership -----------------------------
(***************************************************************************)
(* The protocol behind Extended Virtual Synchrony: how processes get from  *)
(* one regular configuration to the next (Moser, Amir, Melliar-Smith,      *)
(* Agarwal, ICDCS 1994, section 3, steps 1 to 6), over the membership of   *)
(* Totem (Amir and others, TOCS 1995, sections 6 and 7).                   *)
(*                                                                         *)
(*     operational --> gather --> recovery --> transitional --> operational *)
(*                       ^           |                                     *)
(*                       +-----------+  a cascade                          *)
(*                                                                         *)
(* - Gather.  Any process in gather may be proposed any configuration of   *)
(*   processes that are in gather, at any time.  Join messages with their  *)
(*   sets of processes and of failed ones, and the consensus on them,      *)
(*   decide in Totem which proposals are made, and when; all of those are  *)
(*   among these.  What is lost is that gathering ends, so there is no     *)
(*   liveness here.                                                        *)
(* - Commit.  The two rotations of the commit token are one step, Form:    *)
(*   each member supplies its last regular configuration, what it has, how *)
(*   far it has delivered, and its obligations (step 3), and writes the    *)
(*   number of the proposal to stable storage.  Until it supplied this a   *)
(*   member does no more than it could do in gather, and after that        *)
(*   nothing, so a token that goes round in several steps gives the same   *)
(*   but for tokens that are lost on the way: these leave behind numbers   *)
(*   that are used up.                                                     *)
(* - Recovery.  Those that come from one configuration rebroadcast what    *)
(*   any of them has (5.a); who has it all acknowledges that, and from     *)
(*   then on is obliged to all of them and to whom they were obliged       *)
(*   (5.c).  Packets of the old configuration that come now are not looked *)
(*   at: they were reported missing. When all members of the proposal have *)
(*   acknowledged, each delivers for itself (6.b), changes to the          *)
(*   transitional configuration (6.c), delivers there (6.d) and installs   *)
(*   (6.e).  The paper makes step 6 atomic; here it takes a step for each  *)
(*   event, in which a process can crash, and up to 6.c be taken into      *)
(*   another proposal.  The barrier is Totem's, whose ring is installed    *)
(*   when the token shows that all have received all.                      *)
(* - A cascade.  A member gives up a proposal that is not installed, and   *)
(*   gathers again.  It keeps what it has and its obligations, since it    *)
(*   cannot know whether another has installed the proposal, relying on    *)
(*   its acknowledgement.                                                  *)
(*                                                                         *)
(* Leaving on purpose is forming a configuration of oneself and stopping   *)
(* there, that is, Form({p}) and Crash(p): the others need not wait for a  *)
(* timeout, and time is not here.                                          *)
(*                                                                         *)
(* Order and stability inside a configuration are coarser than in          *)
(* Ordering. There is one sequence, `order`, to which a message is         *)
(* appended when it is sent; and `aru`, what each member has up to a gap,  *)
(* is known to everybody as soon as it is so.  A process that knows less   *)
(* delivers less, which it may do here as well, so nothing is lost by      *)
(* that.  By the first a hole is always a message that exists, as it is    *)
(* with Totem's sequence numbers.  With Lamport timestamps it can also be  *)
(* one that may never have been sent: those who move together have to stop *)
(* where the Site_Lts of somebody else ends, as far as they know it.  EVS  *)
(* allows that (Cuts takes any prefix); it is not checked here.            *)
(*                                                                         *)
(* The network may lose every message, and may deliver it at any time to   *)
(* who is still in its configuration.  Who gathers delivers nothing until  *)
(* the proposal that it installs is complete.                              *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Process,    \* the processes
    Number,     \* the numbers of configurations
    None        \* no configuration, no proposal

VARIABLES
    number,     \* number[p]: the highest number p used, on stable storage
    mode,       \* mode[p]: where in the picture above p is, or "down"
    conf,       \* conf[p]: the regular configuration p installed last
    store,      \* store[p]: the places in its order of what p has
    place,      \* place[p]: how much p has delivered since it installed it
    bound,      \* bound[p]: how much of that it has to deliver in it
    obliged,    \* obliged[p]: whose messages p delivers behind a hole as well
    proposal,   \* proposal[p]: what p has committed to
    order,      \* order[c]: the messages sent in c
    aru,        \* aru[c][p]: p has all up to this place
    report,     \* report[d][p]: what p supplied when it committed to d
    acks        \* acks[d]: who has acknowledged

vars == <<number, mode, conf, store, place, bound, obliged, proposal, order,
          aru, report, acks>>

local == <<number, mode, conf, store, place, bound, obliged, proposal>>

-----------------------------------------------------------------------------
Configuration == [number : Number, members : SUBSET Process \ {{}}]

Mode == {"down", "operational", "gather", "recovery", "transitional"}

Up == {p \in Process : mode[p] # "down"}

TypeOK ==
    /\ \A p \in Process :
          /\ number[p] \in Number
          /\ mode[p] \in Mode
          /\ mode[p] = "down" <=> conf[p] = None
          /\ mode[p] \in {"recovery", "transitional"} <=> proposal[p] # None
          /\ place[p] \in Nat
          /\ bound[p] \in Nat
          /\ obliged[p] \subseteq Process
    /\ \A p \in Up :
          /\ conf[p] \in Configuration
          /\ p \in conf[p].members
          /\ conf[p].number =< number[p]
          /\ store[p] \subseteq 1..Len(order[conf[p]])
          /\ proposal[p] # None =>
                /\ proposal[p] \in Configuration
                /\ p \in proposal[p].members
                /\ DOMAIN report[proposal[p]] = proposal[p].members
                /\ acks[proposal[p]] \subseteq proposal[p].members

Max(S) == CHOOSE i \in S : \A j \in S : j =< i

Range(f) == {f[i] : i \in DOMAIN f}

(***************************************************************************)
(* How far the places S go without a gap.                                  *)
(***************************************************************************)
Prefix(S) ==
    CHOOSE n \in 0..Cardinality(S) : 1..n \subseteq S /\ n + 1 \notin S

(***************************************************************************)
(* What nobody refers to any more is forgotten.                            *)
(***************************************************************************)
Used == {conf'[p] : p \in Process} \cup {proposal'[p] : p \in Process}
Kept(f) == [c \in DOMAIN f \cap Used |-> f[c]]
KeptProposals(f) ==
    [c \in DOMAIN f \cap {proposal'[p] : p \in Process} |-> f[c]]

Forget(orders, arus, reports, ackss) ==
    /\ order' = Kept(orders)
    /\ aru' = Kept(arus)
    /\ report' = KeptProposals(reports)
    /\ acks' = KeptProposals(ackss)

-----------------------------------------------------------------------------
(***************************************************************************)
(* A regular configuration (step 1).  Who has left it for gather still     *)
(* takes its packets, but no longer acknowledges them there.               *)
(***************************************************************************)
Acknowledges(p) == mode[p] = "operational"

Gets(p, i) ==
    LET has == store[p] \cup {i}
    IN  /\ store' = [store EXCEPT ![p] = has]
        /\ aru' = IF Acknowledges(p)
                  THEN [aru EXCEPT ![conf[p]][p] = Prefix(has)] ELSE aru

Send(p, m) ==
    /\ mode[p] = "operational"
    /\ order' = [order EXCEPT ![conf[p]] = Append(@, m)]
    /\ Gets(p, Len(order[conf[p]]) + 1)
    /\ UNCHANGED <<number, mode, conf, place, bound, obliged, proposal, report,
                   acks>>

(***************************************************************************)
(* In which modes a process takes packets of its configuration.            *)
(***************************************************************************)
Receiving == {"operational", "gather"}

Receive(p, i) ==
    /\ mode[p] \in Receiving
    /\ i \in DOMAIN order[conf[p]] \ store[p]
    /\ Gets(p, i)
    /\ UNCHANGED <<number, mode, conf, place, bound, obliged, proposal, order,
                   report, acks>>

(***************************************************************************)
(* A safe message waits until every member of the configuration has it,    *)
(* and all before it.  Of one that has not installed it yet nobody heard   *)
(* anything.                                                               *)
(***************************************************************************)
AllHave(c, i) == \A q \in c.members : aru[c][q] >= i

MayDeliver(p, i) ==
    order[conf[p]][i].service = "safe" => AllHave(conf[p], i)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Membership.  A process that is in a regular configuration, or in a      *)
(* proposal whose transitional configuration it did not deliver, gathers:  *)
(* others cannot be reached, or want to join.                              *)
(***************************************************************************)
MayGather(p) == mode[p] \in {"operational", "recovery"}

(***************************************************************************)
(* What a process remains obliged to when it gives up a proposal.          *)
(***************************************************************************)
Remembered(p) == obliged[p]

Gather(p) ==
    /\ MayGather(p)
    /\ mode' = [mode EXCEPT ![p] = "gather"]
    /\ proposal' = [proposal EXCEPT ![p] = None]
    /\ obliged' = [obliged EXCEPT ![p] = Remembered(p)]
    /\ UNCHANGED <<number, conf, store, place, bound>>
    /\ Forget(order, aru, report, acks)

Ready(p) == mode[p] = "gather"

Report(p) ==
    [conf    |-> conf[p],
     has     |-> store[p],
     bound   |-> Max({place[p], bound[p]}),
     obliged |-> obliged[p]]

NewNumbers(G) == {n \in Number : \A p \in G : n > number[p]}

(***************************************************************************)
(* The members of G commit to a configuration: each supplies its report,   *)
(* and its counter goes to stable storage.                                 *)
(***************************************************************************)
Form(G) ==
    /\ G # {}
    /\ \A p \in G : Ready(p)
    /\ \E n \in NewNumbers(G) :
          LET d == [number |-> n, members |-> G]
              on(f, value) ==
                  [p \in Process |-> IF p \in G THEN value ELSE f[p]]
              with(f, value) ==
                  [c \in DOMAIN f \cup {d} |-> IF c = d THEN value ELSE f[c]]
          IN  /\ number' = on(number, n)
              /\ mode' = on(mode, "recovery")
              /\ proposal' = on(proposal, d)
              /\ UNCHANGED <<conf, store, place, bound, obliged>>
              /\ Forget(with(order, <<>>),
                        with(aru, [p \in G |-> 0]),
                        with(report, [p \in G |-> Report(p)]),
                        with(acks, {}))

-----------------------------------------------------------------------------
(***************************************************************************)
(* Recovery.  The transitional set of p: the members of its proposal that  *)
(* come from the same regular configuration (step 4.a).                    *)
(***************************************************************************)
TransitionalSet(p) ==
    LET reports == report[proposal[p]]
    IN  {q \in DOMAIN reports : reports[q].conf = conf[p]}

Reports(p) == {report[proposal[p]][q] : q \in TransitionalSet(p)}

(***************************************************************************)
(* What is rebroadcast: all that any of them reported to have (4.b).       *)
(***************************************************************************)
Available(p) == UNION {r.has : r \in Reports(p)}

(***************************************************************************)
(* How much is delivered in the regular configuration (6.b): what any of   *)
(* them has delivered there; and on from there what is available, up to a  *)
(* safe message, since of that nobody knows that all have it.              *)
(***************************************************************************)
Boundary(p) ==
    LET first == Max({r.bound : r \in Reports(p)})
        held == Prefix(Available(p))
        agreed(i) == order[conf[p]][i].service = "agreed"
    IN  Max({first} \cup {i \in first..held :
                            \A j \in (first + 1)..i : agreed(j)})

ObligedTo(p) ==
    TransitionalSet(p) \cup UNION {r.obliged : r \in Reports(p)}

(***************************************************************************)
(* The processes of A have received all that was rebroadcast, and say so   *)
(* (5.a, 5.c).  Each does it for itself, so A is one process; MCMembership *)
(* says why a model may let several do it in one step.                     *)
(***************************************************************************)
Together(d) == {{p} : p \in d.members}

Acknowledge(d, A) ==
    /\ A \in Together(d)
    /\ \A p \in A : proposal[p] = d /\ mode[p] = "recovery"
    /\ A \cap acks[d] = {}
    /\ store' = [p \in Process |->
                    IF p \in A THEN store[p] \cup Available(p) ELSE store[p]]
    /\ bound' = [p \in Process |->
                    IF p \in A THEN Boundary(p) ELSE bound[p]]
    /\ obliged' = [p \in Process |->
                      IF p \in A THEN ObligedTo(p) ELSE obliged[p]]
    /\ acks' = [acks EXCEPT ![d] = @ \cup A]
    /\ UNCHANGED <<number, mode, conf, place, proposal, order, aru, report>>

(***************************************************************************)
(* Everybody has acknowledged: p may install.                              *)
(***************************************************************************)
IsComplete(p) ==
    /\ proposal[p] # None
    /\ acks[proposal[p]] = proposal[p].members

(***************************************************************************)
(* The places of what p delivers between two installations: all before the *)
(* first hole, and behind it what those sent whom it is obliged to (6.a,   *)
(* 6.d).                                                                   *)
(***************************************************************************)
Script(p) ==
    LET held == Prefix(store[p])
        sender(i) == order[conf[p]][i].sender
        all == [i \in 1..Len(order[conf[p]]) |-> i]
    IN  SelectSeq(all, LAMBDA i :
            \/ i =< held
            \/ i \in store[p] /\ sender(i) \in obliged[p])

Coming(p) == order[conf[p]][Script(p)[place[p] + 1]]

Deliver(p) ==
    /\ CASE mode[p] = "operational" ->
               /\ place[p] < Prefix(store[p])
               /\ MayDeliver(p, place[p] + 1)
         [] mode[p] = "recovery" -> IsComplete(p) /\ place[p] < bound[p]
         [] mode[p] = "transitional" -> place[p] < Len(Script(p))
         [] OTHER -> FALSE
    /\ place' = [place EXCEPT ![p] = @ + 1]
    /\ UNCHANGED <<number, mode, conf, store, bound, obliged, proposal, order,
                   aru, report, acks>>

(***************************************************************************)
(* The transitional configuration (6.c).                                   *)
(***************************************************************************)
Move(p) ==
    /\ mode[p] = "recovery"
    /\ IsComplete(p)
    /\ place[p] = bound[p]
    /\ mode' = [mode EXCEPT ![p] = "transitional"]
    /\ UNCHANGED <<number, conf, store, place, bound, obliged, proposal, order,
                   aru, report, acks>>

(***************************************************************************)
(* Whom a process is obliged to when it has installed a configuration:     *)
(* nobody.                                                                 *)
(***************************************************************************)
Afresh(p) == {}

Install(p) ==
    /\ mode[p] = "transitional"
    /\ place[p] = Len(Script(p))
    /\ mode' = [mode EXCEPT ![p] = "operational"]
    /\ conf' = [conf EXCEPT ![p] = proposal[p]]
    /\ store' = [store EXCEPT ![p] = {}]
    /\ place' = [place EXCEPT ![p] = 0]
    /\ bound' = [bound EXCEPT ![p] = 0]
    /\ obliged' = [obliged EXCEPT ![p] = Afresh(p)]
    /\ proposal' = [proposal EXCEPT ![p] = None]
    /\ Forget(order, aru, report, acks)
    /\ UNCHANGED number

-----------------------------------------------------------------------------
(***************************************************************************)
(* Failures.  Of the state only the counter is on stable storage; it is    *)
(* incremented when it is read back.                                       *)
(***************************************************************************)
Crash(p) ==
    /\ p \in Up
    /\ mode' = [mode EXCEPT ![p] = "down"]
    /\ conf' = [conf EXCEPT ![p] = None]
    /\ store' = [store EXCEPT ![p] = {}]
    /\ place' = [place EXCEPT ![p] = 0]
    /\ bound' = [bound EXCEPT ![p] = 0]
    /\ obliged' = [obliged EXCEPT ![p] = {}]
    /\ proposal' = [proposal EXCEPT ![p] = None]
    /\ Forget(order, aru, report, acks)
    /\ UNCHANGED number

Loaded(p) == number[p] + 1

Recover(p) ==
    /\ p \notin Up
    /\ Loaded(p) \in Number
    /\ LET c == [number |-> Loaded(p), members |-> {p}]
           with(f, value) ==
               [d \in DOMAIN f \cup {c} |-> IF d = c THEN value ELSE f[d]]
       IN  /\ number' = [number EXCEPT ![p] = Loaded(p)]
           /\ mode' = [mode EXCEPT ![p] = "operational"]
           /\ conf' = [conf EXCEPT ![p] = c]
           /\ order' = with(order, <<>>)
           /\ aru' = with(aru, [q \in {p} |-> 0])
    /\ UNCHANGED <<store, place, bound, obliged, proposal, report, acks>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* At the start the processes have installed one configuration.            *)
(***************************************************************************)
FirstNumber == 0

Init ==
    LET first == [number |-> FirstNumber, members |-> Process]
    IN  /\ number = [p \in Process |-> FirstNumber]
        /\ mode = [p \in Process |-> "operational"]
        /\ conf = [p \in Process |-> first]
        /\ store = [p \in Process |-> {}]
        /\ place = [p \in Process |-> 0]
        /\ bound = [p \in Process |-> 0]
        /\ obliged = [p \in Process |-> {}]
        /\ proposal = [p \in Process |-> None]
        /\ order = [c \in {first} |-> <<>>]
        /\ aru = [c \in {first} |-> [p \in Process |-> 0]]
        /\ report = [c \in {} |-> {}]
        /\ acks = [c \in {} |-> {}]

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is to be delivered in the regular configuration is there.          *)
(***************************************************************************)
BoundIsHeld ==
    \A p \in Up : mode[p] = "recovery" /\ IsComplete(p) =>
        bound[p] =< Prefix(store[p])

(***************************************************************************)
(* Those that move together have the same to deliver, and where (4).       *)
(***************************************************************************)
MoveTogether ==
    \A p, q \in Process :
        /\ proposal[p] # None
        /\ proposal[p] = proposal[q]
        /\ conf[p] = conf[q]
        /\ IsComplete(p)
        => Script(p) = Script(q) /\ bound[p] = bound[q]

(***************************************************************************)
(* Nobody is obliged to anybody in a regular configuration.                *)
(***************************************************************************)
ObligedToNobody == \A p \in Up : mode[p] = "operational" => obliged[p] = {}
=============================================================================
