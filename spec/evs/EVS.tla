-------------------------------- MODULE EVS --------------------------------
(***************************************************************************)
(* The service of Extended Virtual Synchrony (Moser, Amir, Melliar-Smith,  *)
(* Agarwal, ICDCS 1994), as an environment that other specifications       *)
(* instantiate.  It promises Specifications 1.1 to 7.2 of section 2.1 for  *)
(* messages of agreed and of safe service; what it leaves open is          *)
(* adversarial.  EVSSpecifications states the specifications.              *)
(*                                                                         *)
(* The state.  A process is down, or it is in the regular configuration    *)
(* that it installed last, and there it stays or it is leaving: it has     *)
(* committed to a next configuration.  A process that leaves delivers the  *)
(* rest of what belongs to the old regular configuration, the transitional *)
(* configuration, what belongs to that, and the next regular one (section  *)
(* 3, step 6), each by a step of its own, and can crash between any two.   *)
(* Until it delivers the transitional configuration it can be taken into   *)
(* another proposal (a cascade); the paper's step 6 is atomic, so not      *)
(* later.                                                                  *)
(*                                                                         *)
(* Each regular configuration has one total order.  A message is put       *)
(* anywhere behind what somebody has delivered there, or left with; so a   *)
(* protocol that orders by sequence numbers implements this, and so does   *)
(* one that orders by Lamport timestamps, where a message that is sent     *)
(* later can come earlier.                                                 *)
(*                                                                         *)
(* What is received is decided late.  Nobody's buffer is in the state; a   *)
(* member of a configuration has what it needs when it delivers.  What it  *)
(* can need is bounded from above by `absent`, for those who left, crashed *)
(* or have not come yet, and from below, when a configuration is left, by  *)
(* what the leaving processes delivered, by their own messages, and by     *)
(* `stable`, what somebody delivered as safe since everybody has it.       *)
(*                                                                         *)
(* A cut.  Of what those who move together (the transitional set) have     *)
(* among them only two numbers and a set matter: `held`, the length of the *)
(* prefix of the order behind which nothing is known to be next (what      *)
(* follows it is the first unavailable message, or a gap that somebody may *)
(* still fill); `bound`, how much of that is delivered in the regular      *)
(* configuration (step 6.b); and `obliged`, whose messages are delivered   *)
(* behind the hole too (steps 5.c, 6.a, 6.d).  All these have all of an    *)
(* obliged process's messages: a member has its own, and who acknowledged  *)
(* a rebroadcast has those of its peers.  Of other senders, nothing behind *)
(* the hole is ever delivered, so it is the same whether it is there.      *)
(*                                                                         *)
(* Commitment.  Form makes a configuration and lets some of the            *)
(* transitional sets commit to it, in one step.                            *)
(*                                                                         *)
(*   - Those that never do are not bound by it, except that they will      *)
(*     never use its number again; a proposal to which nobody commits is   *)
(*     no step.                                                            *)
(*   - That a set would commit later than another is the same behaviour up *)
(*     to the order of events that are not related by precedence.  What    *)
(*     happens in between in the configuration that the later set leaves   *)
(*     cannot depend on those who have left for the new one: all ways      *)
(*     there lead through the commitment of the later set.  So it can come *)
(*     before the earlier commitment, and the specifications of section    *)
(*     2.1 speak of precedence.                                            *)
(*   - Who acknowledged is obliged to all of the set (5.c), although one   *)
(*     of them may never do so: then the commitment is not complete, and   *)
(*     nobody installs by it.  All of the set have left, and each has to   *)
(*     be taken into another proposal; who did not acknowledge brings what *)
(*     it had before.                                                      *)
(*                                                                         *)
(* Configurations are named by their number and their members.  Disjoint   *)
(* components may pick one number; a process never uses one twice, since   *)
(* the highest that it knows outlives a crash, alone of all it has.  All   *)
(* else that a process delivered before a crash belongs to the application *)
(* and to histories.                                                       *)
(*                                                                         *)
(* Not here: causal and unordered service, leaving on purpose, and which   *)
(* processes are connected: any that are up may form a configuration at    *)
(* any time.  Liveness is for who instantiates this to demand, of Deliver, *)
(* Move, Install and Repair.                                               *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Process,    \* the processes
    Number,     \* the numbers of configurations: Nat, or a prefix of it
    None        \* no configuration, and no commitment

VARIABLES
    number,     \* number[p]: the highest number that p knows, on stable storage
    conf,       \* conf[p]: the regular configuration that p installed last
    place,      \* place[p]: how much p has delivered since then
    leaving,    \* leaving[p]: what p has committed to
    log         \* log[c]: what was sent in c, and what became of it

vars == <<number, conf, place, leaving, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The state.                                                              *)
(***************************************************************************)
Configuration == [number : Number, members : SUBSET Process \ {{}}]

(***************************************************************************)
(* What a message is belongs to who instantiates this; it has a `sender`   *)
(* and a `service`, "agreed" or "safe".                                    *)
(***************************************************************************)
IsMessage(m) ==
    /\ m.sender \in Process
    /\ m.service \in {"agreed", "safe"}

Safe(m) == m.service = "safe"

(***************************************************************************)
(* A commitment is to the configuration `to`, from the last regular one,   *)
(* with the transitional set `members` and the cut.  `moved` says that the *)
(* transitional configuration is delivered; `complete`, that all of the    *)
(* set have acknowledged the cut.                                          *)
(***************************************************************************)
Commitment ==
    [to : Configuration, members : SUBSET Process \ {{}}, held : Nat,
     bound : Nat, obliged : SUBSET Process, moved : BOOLEAN,
     complete : BOOLEAN]

(***************************************************************************)
(* Of a configuration: the total `order` of its messages; the length of    *)
(* the prefix that is `stable`, as somebody delivered or will deliver it   *)
(* there up to a safe message; the prefix that is `frozen`, before which   *)
(* nothing is put; and the members that are `absent`, because they have    *)
(* not installed it yet or no longer belong to it, with the length of the  *)
(* prefix that they can have.                                              *)
(***************************************************************************)
IsLog(c, l) ==
    /\ DOMAIN l = {"order", "stable", "frozen", "absent"}
    /\ \A i \in 1..Len(l.order) : IsMessage(l.order[i])
    /\ l.stable \in 0..l.frozen
    /\ l.frozen \in 0..Len(l.order)
    /\ DOMAIN l.absent \subseteq c.members
    /\ \A p \in DOMAIN l.absent : l.absent[p] \in 0..Len(l.order)

Up == {p \in Process : conf[p] # None}
Leaving == {p \in Up : leaving[p] # None}
Staying == Up \ Leaving
Stuck == {p \in Leaving : ~leaving[p].complete}

TypeOK ==
    /\ \A p \in Process :
          /\ number[p] \in Number
          /\ conf[p] # None =>
                /\ conf[p] \in Configuration
                /\ p \in conf[p].members
                /\ conf[p].number =< number[p]
          /\ leaving[p] # None =>
                /\ leaving[p] \in Commitment
                /\ p \in leaving[p].members
                /\ leaving[p].members \subseteq leaving[p].to.members
          /\ conf[p] = None => place[p] = 0 /\ leaving[p] = None
    /\ DOMAIN log =
          {conf[p] : p \in Up} \cup {leaving[p].to : p \in Leaving}
    /\ \A c \in DOMAIN log : IsLog(c, log[c])

Max(S) == CHOOSE i \in S : \A j \in S : j =< i
Min(S) == CHOOSE i \in S : \A j \in S : i =< j

(***************************************************************************)
(* The network remembers nothing that can no longer matter: the log of a   *)
(* configuration goes with the last who is in it or on the way to it.      *)
(***************************************************************************)
Kept(l) ==
    [c \in {d \in DOMAIN l : \E p \in Process :
                \/ conf'[p] = d
                \/ leaving'[p] # None /\ leaving'[p].to = d} |-> l[c]]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Delivery.                                                               *)
(***************************************************************************)

(***************************************************************************)
(* What p delivers between the regular configuration that it installed     *)
(* last and the next: all that is sent there while it stays; up to the     *)
(* hole, and from the obliged behind it, once it leaves.                   *)
(***************************************************************************)
Script(p) ==
    LET order == log[conf[p]].order
        cut == leaving[p]
    IN  IF cut = None THEN order
        ELSE SubSeq(order, 1, cut.held)
             \o SelectSeq(SubSeq(order, cut.held + 1, Len(order)),
                          LAMBDA m : m.sender \in cut.obliged)

(***************************************************************************)
(* How much of that p may deliver where it is: in the regular              *)
(* configuration, or after Move in the transitional one.                   *)
(***************************************************************************)
Until(p) ==
    IF leaving[p] # None /\ ~leaving[p].moved THEN leaving[p].bound
    ELSE Len(Script(p))

Coming(p) == Script(p)[place[p] + 1]

(***************************************************************************)
(* Everybody has the first i messages of the order of c: who is there can, *)
(* and will from now on; who is absent must have had them.  A member that  *)
(* has not installed c has nothing that it could acknowledge (7.2).        *)
(***************************************************************************)
AllHold(c, i) == \A p \in DOMAIN log[c].absent : log[c].absent[p] >= i

(***************************************************************************)
(* The process p delivers the next message.  While it stays, a safe one    *)
(* waits until everybody has it; what is delivered on leaving was decided  *)
(* by the cut.                                                             *)
(***************************************************************************)
Deliver(p) ==
    /\ p \in Up
    /\ place[p] < Until(p)
    /\ p \in Staying /\ Safe(Coming(p)) =>
          AllHold(conf[p], place[p] + 1)
    /\ place' = [place EXCEPT ![p] = @ + 1]
    /\ log' = IF p \in Leaving THEN log
              ELSE [log EXCEPT
                     ![conf[p]].frozen = Max({@, place[p] + 1}),
                     ![conf[p]].stable =
                        IF Safe(Coming(p)) THEN Max({@, place[p] + 1})
                        ELSE @]
    /\ UNCHANGED <<number, conf, leaving>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Sending.                                                                *)
(***************************************************************************)

(***************************************************************************)
(* Where in the order of c a message may be put: anywhere behind what is   *)
(* frozen.  What its sender has delivered is, so order keeps causality;    *)
(* its own messages are not, and stay before it.                           *)
(***************************************************************************)
Places(c, p) ==
    LET order == log[c].order
        own == {i \in 1..Len(order) : order[i].sender = p}
    IN  (Max({log[c].frozen} \cup own) + 1)..(Len(order) + 1)

(***************************************************************************)
(* An absent process cannot have what is put into the order after it left: *)
(* if the message m becomes the i-th, it has less than i of the prefix.    *)
(***************************************************************************)
Put(l, i, m) ==
    [l EXCEPT
        !.order = SubSeq(@, 1, i - 1) \o <<m>> \o SubSeq(@, i, Len(@)),
        !.absent = [p \in DOMAIN @ |-> Min({@[p], i - 1})]]

(***************************************************************************)
(* The process p sends m, in its regular configuration, while it stays.    *)
(***************************************************************************)
MaySend(p) == p \in Staying

Send(p, m) ==
    /\ MaySend(p)
    /\ \E i \in Places(conf[p], p) :
          log' = [log EXCEPT ![conf[p]] = Put(@, i, m)]
    /\ UNCHANGED <<number, conf, place, leaving>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Leaving a configuration.                                                *)
(***************************************************************************)

(***************************************************************************)
(* The transitional sets of G: its members by the regular configuration    *)
(* that they installed last (step 4.a).                                    *)
(***************************************************************************)
TransitionalSets(G) == {{q \in G : conf[q] = conf[p]} : p \in G}

ConfOf(T) == conf[CHOOSE p \in T : TRUE]

(***************************************************************************)
(* Whom T is obliged to: its members, and whom any of them was obliged to  *)
(* when it was taken out of an earlier proposal (step 5.c).                *)
(***************************************************************************)
Obliged(T) ==
    T \cup UNION {leaving[p].obliged : p \in T \cap Leaving}

(***************************************************************************)
(* What p has of the prefix, and what of that it delivers in the regular   *)
(* configuration; an earlier commitment says both, as rebroadcast messages *)
(* are acknowledged.                                                       *)
(***************************************************************************)
Has(p) == IF leaving[p] = None THEN place[p] ELSE leaving[p].held
Did(p) == IF leaving[p] = None THEN place[p] ELSE leaving[p].bound

(***************************************************************************)
(* What T has at least: what each member has, and what is stable.          *)
(***************************************************************************)
Least(T) == Max({log[ConfOf(T)].stable} \cup {Has(p) : p \in T})

(***************************************************************************)
(* How much T may have before its hole.                                    *)
(***************************************************************************)
Holes(T) == Least(T)..Len(log[ConfOf(T)].order)

(***************************************************************************)
(* All members outside A have the first i messages.                        *)
(***************************************************************************)
OthersHold(A, i) ==
    LET absent == log[ConfOf(A)].absent
    IN  \A p \in DOMAIN absent \ A : absent[p] >= i

(***************************************************************************)
(* The cuts that T may take, of which A acknowledges.  Of what it holds,   *)
(* its members deliver in the regular configuration all before the first   *)
(* safe message that they do not know everybody to have, and they know no  *)
(* more than is true.                                                      *)
(***************************************************************************)
Cuts(T, A) ==
    LET order == log[ConfOf(T)].order
        first == Max({Did(p) : p \in T})
    IN  {<<h, b>> \in Holes(T) \X (first..Len(order)) :
            /\ b =< h
            /\ b = h \/ Safe(order[b + 1])
            /\ \A i \in (first + 1)..b :
                  Safe(order[i]) => OthersHold(A, i)}

IsComplete(T, A) == A = T

(***************************************************************************)
(* What those of T commit to who acknowledge, and what is left to one who  *)
(* does not.                                                               *)
(***************************************************************************)
Committed(T, A, cut, d) ==
    [to |-> d, members |-> T, held |-> cut[1], bound |-> cut[2],
     obliged |-> Obliged(T), moved |-> FALSE, complete |-> IsComplete(T, A)]

Unacknowledged(p, T, A, d) ==
    [to |-> d, members |-> T, held |-> Has(p), bound |-> Did(p),
     obliged |-> Obliged({p}), moved |-> FALSE, complete |-> IsComplete(T, A)]

(***************************************************************************)
(* A process that goes without a word can have had no more than was there. *)
(***************************************************************************)
Had(l) == Len(l.order)

(***************************************************************************)
(* The log l of the configuration that T leaves with a cut, of which A     *)
(* acknowledges.                                                           *)
(***************************************************************************)
Left(l, T, A, cut) ==
    [l EXCEPT
        !.stable = Max({@} \cup {i \in 1..cut[2] : Safe(l.order[i])}),
        !.frozen = Max({@, cut[1]}),
        !.absent = [p \in DOMAIN @ \cup T |->
                       IF p \in A THEN cut[1]
                       ELSE IF p \in DOMAIN @ THEN @[p]
                       ELSE Had(l)]]

Present(d) ==
    [order |-> <<>>, stable |-> 0, frozen |-> 0, absent |-> [p \in {} |-> 0]]

NewLog(d) == [Present(d) EXCEPT !.absent = [p \in d.members |-> 0]]

(***************************************************************************)
(* The numbers that a configuration of G may have.                         *)
(***************************************************************************)
NewNumbers(G) == {n \in Number : \A p \in G : n > number[p]}

(***************************************************************************)
(* Which of the transitional sets of G may commit: any, but not none.      *)
(***************************************************************************)
Committing(G) == (SUBSET TransitionalSets(G)) \ {{}}

(***************************************************************************)
(* Which of the transitional set T may acknowledge: any, but not none.     *)
(***************************************************************************)
Acknowledging(T) == (SUBSET T) \ {{}}

(***************************************************************************)
(* The processes of G commit to a configuration: those transitional sets   *)
(* that `acks` is a function of, and of each those processes that it gives *)
(* acknowledge.  Any that are up may, but for those that have delivered a  *)
(* transitional configuration: they are in step 6, and install the one     *)
(* that they committed to, or crash.                                       *)
(***************************************************************************)
Commit(G, acks) ==
    LET D == DOMAIN acks
        cuts(T) == Cuts(T, acks[T])
    IN  /\ \A p \in G : p \in Up /\ (p \in Leaving => ~leaving[p].moved)
        /\ \E n \in NewNumbers(G), cut \in [D -> UNION {cuts(T) : T \in D}] :
           /\ \A T \in D : cut[T] \in cuts(T)
           /\ LET d == [number |-> n, members |-> G]
                  set(p) == CHOOSE T \in D : p \in T
                  from == {ConfOf(T) : T \in D}
                  of(c) == CHOOSE T \in D : ConfOf(T) = c
                  commitment(p, T) ==
                      IF p \in acks[T] THEN Committed(T, acks[T], cut[T], d)
                      ELSE Unacknowledged(p, T, acks[T], d)
                  left(c, T) == Left(log[c], T, acks[T], cut[T])
              IN  /\ number' = [p \in Process |->
                                   IF p \in G THEN n ELSE number[p]]
                  /\ leaving' = [p \in Process |->
                                   IF p \in UNION D
                                   THEN commitment(p, set(p))
                                   ELSE leaving[p]]
                  /\ UNCHANGED <<conf, place>>
                  /\ log' = Kept([c \in DOMAIN log \cup {d} |->
                               IF c = d THEN NewLog(d)
                               ELSE IF c \in from THEN left(c, of(c))
                               ELSE log[c]])

Form(G) ==
    /\ G # {}
    /\ G \subseteq Up
    /\ \E D \in Committing(G) :
       \E acks \in [D -> UNION {Acknowledging(T) : T \in D}] :
          /\ \A T \in D : acks[T] \in Acknowledging(T)
          /\ Commit(G, acks)

(***************************************************************************)
(* The process p delivers the transitional configuration (step 6.c).       *)
(***************************************************************************)
Move(p) ==
    /\ p \in Leaving \ Stuck
    /\ ~leaving[p].moved
    /\ place[p] = Until(p)
    /\ leaving' = [leaving EXCEPT ![p].moved = TRUE]
    /\ UNCHANGED <<number, conf, place, log>>

(***************************************************************************)
(* The process p installs the next regular configuration (step 6.e).       *)
(***************************************************************************)
Arrive(p) ==
    LET d == leaving[p].to
    IN  /\ conf' = [conf EXCEPT ![p] = d]
        /\ place' = [place EXCEPT ![p] = 0]
        /\ leaving' = [leaving EXCEPT ![p] = None]
        /\ log' = Kept([log EXCEPT ![d].absent =
                           [q \in DOMAIN @ \ {p} |-> @[q]]])
        /\ UNCHANGED number

Install(p) ==
    /\ p \in Leaving
    /\ leaving[p].moved
    /\ place[p] = Until(p)
    /\ Arrive(p)

(***************************************************************************)
(* The members that belong to c now, or have left it for nothing; and      *)
(* whether c lacks a member for good: it is absent, and not on the way.    *)
(* What remains of such a configuration has to form another (2.1).         *)
(***************************************************************************)
Rest(c) == {p \in Staying \cup Stuck : conf[p] = c}

Lacks(c) ==
    \E p \in DOMAIN log[c].absent :
        ~(p \in Leaving \ Stuck /\ leaving[p].to = c)

Repair(p) ==
    /\ p \in Staying \cup Stuck
    /\ Lacks(conf[p])
    /\ Commit(Rest(conf[p]), [T \in {Rest(conf[p])} |-> T])

-----------------------------------------------------------------------------
(***************************************************************************)
(* Failures.  Of a process that was leaving the cut says what it had.      *)
(***************************************************************************)
Crash(p) ==
    /\ p \in Up
    /\ conf' = [conf EXCEPT ![p] = None]
    /\ place' = [place EXCEPT ![p] = 0]
    /\ leaving' = [leaving EXCEPT ![p] = None]
    /\ log' = Kept(IF p \in Leaving THEN log
                   ELSE [log EXCEPT ![conf[p]].absent =
                           [q \in DOMAIN @ \cup {p} |->
                               IF q = p THEN Had(log[conf[p]]) ELSE @[q]]])
    /\ UNCHANGED number

(***************************************************************************)
(* It recovers in a regular configuration of its own (section 2.1).        *)
(***************************************************************************)
Alone(p, n) == [number |-> n, members |-> {p}]

Recover(p) ==
    /\ p \notin Up
    /\ \E n \in NewNumbers({p}) :
          /\ number' = [number EXCEPT ![p] = n]
          /\ conf' = [conf EXCEPT ![p] = Alone(p, n)]
          /\ UNCHANGED <<place, leaving>>
          /\ log' = [c \in DOMAIN log \cup {Alone(p, n)} |->
                        IF c = Alone(p, n) THEN Present(c) ELSE log[c]]

-----------------------------------------------------------------------------
(***************************************************************************)
(* At the start the components of P have each installed a configuration,   *)
(* and who is in none is down.                                             *)
(***************************************************************************)
Start(P) ==
    LET first(p) == [number |-> 0, members |-> CHOOSE G \in P : p \in G]
    IN  /\ number = [p \in Process |-> 0]
        /\ conf = [p \in Process |-> IF p \in UNION P THEN first(p) ELSE None]
        /\ place = [p \in Process |-> 0]
        /\ leaving = [p \in Process |-> None]
        /\ log = [c \in {first(p) : p \in UNION P} |-> Present(c)]

Partitions ==
    LET component(f, n) == {p \in Process : f[p] = n}
        numbers == 1..Cardinality(Process)
    IN  {{component(f, n) : n \in numbers} \ {{}} :
            f \in [Process -> numbers \cup {0}]}

Init == \E P \in Partitions : Start(P)

-----------------------------------------------------------------------------
(***************************************************************************)
(* What the specifications come to in a state.                             *)
(***************************************************************************)
Range(f) == {f[i] : i \in DOMAIN f}

(***************************************************************************)
(* 3: who leaves will have delivered all that it sent.                     *)
(***************************************************************************)
OwnIsDelivered ==
    \A p \in Leaving :
        {m \in Range(log[conf[p]].order) : m.sender = p}
            \subseteq Range(Script(p))

(***************************************************************************)
(* 7.1 in a regular configuration, and 7.2: what was delivered there as    *)
(* safe is had by everybody who is absent.                                 *)
(***************************************************************************)
SafeIsHeld ==
    \A c \in DOMAIN log : \A p \in DOMAIN log[c].absent :
        log[c].absent[p] >= log[c].stable

(***************************************************************************)
(* 7.1 in a transitional configuration: whoever of its members is still to *)
(* leave the same regular configuration delivers as much.                  *)
(***************************************************************************)
SafeIsShared ==
    \A p \in Leaving : leaving[p].moved =>
        \A q \in leaving[p].members :
            conf[q] = conf[p] =>
                /\ q \in Leaving
                /\ Range(Script(p)) \subseteq Range(Script(q))
=============================================================================
