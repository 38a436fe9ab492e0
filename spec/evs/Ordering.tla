------------------------------ MODULE Ordering ------------------------------
(***************************************************************************)
(* Total order and stability within one regular configuration of Extended  *)
(* Virtual Synchrony, as Spread has them on wide-area networks: section    *)
(* 4.1 of the technical report "Practical Wide-Area Database Replication"  *)
(* and section 3 of the paper of that name (Amir, Danilov, Miskin-Amir,    *)
(* Stanton, Tutu). Messages are ordered by (Lamport timestamp, sender);    *)
(* what each process knows of each other is one row of three numbers, and  *)
(* rows are exchanged in cumulative ARU updates ("all received up to").    *)
(*                                                                         *)
(* Each process is a site of one daemon.  Within a larger site the daemons *)
(* order by other means (a token on the local network), and its            *)
(* representative speaks for all of them; that is not here.                *)
(*                                                                         *)
(* The row of q at p, `site[p][q]`, has the paper's numbers:               *)
(*                                                                         *)
(* - sequence (Site_Sequence): the number of the last message of q that p  *)
(*   knows to exist;                                                       *)
(* - lts (Site_Lts): what q sends after that message has a higher          *)
(*   timestamp.  The papers say "never a lower one", and a message of the  *)
(*   very timestamp that Site_Lts has would be lower than none; but then a *)
(*   message could be delivered (timestamp =< Global_Aru) before another   *)
(*   of the same timestamp that is still to come and has the lower sender. *)
(*   BrokenOrderingLiteralLts is that run;                                 *)
(* - aru (Site_Aru): q has received all messages, of all senders, with a   *)
(*   timestamp up to this, and none of them is still to be sent.           *)
(*                                                                         *)
(* The row site[p][p] is what p says of itself.  Rows are cumulative: a    *)
(* row that comes late or twice raises nothing, and its loss costs time    *)
(* only.  A gap is known by comparing Site_Sequence with what is there;    *)
(* until it is filled Site_Lts says nothing about what was lost, so        *)
(* Site_Aru stops before it.                                               *)
(*                                                                         *)
(* Time.  The papers send an update at the latest delta after there is     *)
(* something to say.  Here an update may be sent whenever there is         *)
(* something new to say, so every delta is among the behaviours.  What     *)
(* delta decides is how many messages one update acknowledges and how long *)
(* a message waits; what may be delivered, and when it may, are the same   *)
(* for every delta, and so is the window: a longer delta only keeps it     *)
(* shut longer.                                                            *)
(*                                                                         *)
(* The network loses, duplicates and reorders.  An update that was sent    *)
(* can come at any time and in any order; losing one is its not coming.    *)
(* Whether a copy of a message gets on its way to somebody is decided when *)
(* it is sent; then it may take any time.  Whatever came can come again    *)
(* (`Repeated`), so of what is on its way only that is in the state which  *)
(* would tell its receiver something.  Who sees a gap asks the sender, and *)
(* asks again when there is still no copy on the way; a request, and its   *)
(* answer, can be lost as well.  The answer goes to who asks: sent to all, *)
(* it would be to the others what a first copy is that was late.  Packets  *)
(* of other configurations (`Foreign`) come at any time, and are told by   *)
(* the configuration in their header alone.                                *)
(*                                                                         *)
(* Flow control.  A process sends while it has less than `Window` messages *)
(* that it does not know everybody to have.  It keeps those, so it can     *)
(* always answer a request: who lacks a message has not reported it.       *)
(*                                                                         *)
(* What implements this keeps less than `store` has: of messages that are  *)
(* delivered and at or below Global_Aru only the number of the last for    *)
(* each sender is read.                                                    *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Process,    \* the members of the configuration
    Rank,       \* a number for each process: who is first among equals
    Window,     \* how many messages of one sender may be unstable
    Foreign,    \* packets of other configurations that may come
    None        \* for EVS: no commitment

VARIABLES
    site,       \* site[p][q]: the row of q, as p knows it
    store,      \* store[p]: the messages that p sent or received
    delivered,  \* delivered[p]: what p delivered, in this order
    updates,    \* the ARU updates that are on their way
    copies,     \* <<p, m>>: a copy of message m is on its way to p
    requests    \* <<p, q, n>>: p asks q for its message n

vars == <<site, store, delivered, updates, copies, requests>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The state.                                                              *)
(***************************************************************************)
Here == [number |-> 0, members |-> Process]

Service == {"agreed", "safe"}

IsMessage(m) ==
    /\ DOMAIN m = {"sender", "number", "lts", "service"}
    /\ m.sender \in Process
    /\ m.number \in Nat \ {0}
    /\ m.lts \in Nat \ {0}
    /\ m.service \in Service

IsRow(r) ==
    /\ DOMAIN r = {"sequence", "lts", "aru"}
    /\ r.sequence \in Nat
    /\ r.lts \in Nat
    /\ r.aru \in Nat

TypeOK ==
    /\ \A p, q \in Process : IsRow(site[p][q])
    /\ \A p \in Process : \A m \in store[p] : IsMessage(m)
    /\ \A p \in Process : \A i \in DOMAIN delivered[p] :
          delivered[p][i] \in store[p]
    /\ \A u \in updates : u.sender \in Process /\ IsRow(u.row)
    /\ \A c \in copies : c[1] \in Process /\ c[2] \in store[c[2].sender]
    /\ \A r \in requests : r[1] \in Process /\ r[2] \in Process \ {r[1]}

Max(i, j) == IF i >= j THEN i ELSE j
Least(S) == CHOOSE i \in S : \A j \in S : i =< j

Others(p) == Process \ {p}

(***************************************************************************)
(* The total order.                                                        *)
(***************************************************************************)
Before(m, n) ==
    \/ m.lts < n.lts
    \/ m.lts = n.lts /\ Rank[m.sender] < Rank[n.sender]

First(M) == CHOOSE m \in M : \A n \in M : ~Before(n, m)

Range(f) == {f[i] : i \in DOMAIN f}

-----------------------------------------------------------------------------
(***************************************************************************)
(* What p knows, from the messages `has` and the rows that it has.         *)
(***************************************************************************)
From(has, q) == {m \in has : m.sender = q}

(***************************************************************************)
(* The numbers of messages of q that p knows to exist and does not have.   *)
(***************************************************************************)
Missing(p, q) ==
    1..site[p][q].sequence \ {m.number : m \in From(store[p], q)}

(***************************************************************************)
(* All messages of q up to this number are there.                          *)
(***************************************************************************)
Upto(has, q) ==
    LET numbers == {m.number : m \in From(has, q)}
    IN  CHOOSE n \in 0..Cardinality(numbers) :
            1..n \subseteq numbers /\ n + 1 \notin numbers

(***************************************************************************)
(* All messages of q up to this timestamp are there, and no more will be   *)
(* sent: what the row of q says if nothing is missing that it knows of,    *)
(* and else what the last message before the gap says.                     *)
(***************************************************************************)
Vouched(has, rows, q) ==
    LET n == Upto(has, q)
    IN  IF n >= rows[q].sequence THEN rows[q].lts
        ELSE IF n = 0 THEN 0
        ELSE (CHOOSE m \in From(has, q) : m.number = n).lts

(***************************************************************************)
(* The rows of p with its own Site_Aru as high as it may be.               *)
(***************************************************************************)
Refreshed(p, has, rows) ==
    [rows EXCEPT ![p].aru =
        Max(@, Least({Vouched(has, rows, q) : q \in Process}))]

(***************************************************************************)
(* Global_Aru: everybody has all messages up to this timestamp, as far as  *)
(* p knows.                                                                *)
(***************************************************************************)
GlobalAru(p) == Least({site[p][q].aru : q \in Process})

(***************************************************************************)
(* The messages of q that p has to keep for others, or for a recovery.     *)
(***************************************************************************)
Unstable(p, q) == {m \in From(store[p], q) : m.lts > GlobalAru(p)}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Sending.  The timestamp is higher than all that the sender has seen.    *)
(***************************************************************************)
NextLts(p) == site[p][p].lts + 1

MaySend(p) == Cardinality(Unstable(p, p)) < Window

Message(p, service) ==
    [sender  |-> p,
     number  |-> site[p][p].sequence + 1,
     lts     |-> NextLts(p),
     service |-> service]

(***************************************************************************)
(* The process p sends a message, and copies of it get on their way to R.  *)
(***************************************************************************)
Copies(p) == SUBSET Others(p)

Send(p, service, R) ==
    /\ MaySend(p)
    /\ R \in Copies(p)
    /\ LET m == Message(p, service)
           has == store[p] \cup {m}
           rows == [site[p] EXCEPT ![p].sequence = m.number,
                                   ![p].lts = m.lts]
       IN  /\ store' = [store EXCEPT ![p] = has]
           /\ site' = [site EXCEPT ![p] = Refreshed(p, has, rows)]
           /\ copies' = copies \cup {<<q, m>> : q \in R}
    /\ UNCHANGED <<delivered, updates, requests>>

(***************************************************************************)
(* The process p sends its row, if that would tell anybody anything.       *)
(***************************************************************************)
Covers(new, old) ==
    /\ new.sequence >= old.sequence
    /\ new.lts >= old.lts
    /\ new.aru >= old.aru

UpdateOf(p) == [sender |-> p, row |-> site[p][p]]

IsNews(u, sites) ==
    \E q \in Process : ~Covers(sites[q][u.sender], u.row)

Update(p) ==
    /\ UpdateOf(p) \notin updates
    /\ IsNews(UpdateOf(p), site)
    /\ updates' = updates \cup {UpdateOf(p)}
    /\ UNCHANGED <<site, store, delivered, copies, requests>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Receiving.  The packets that can come to p.                             *)
(***************************************************************************)
DataPacket(m) == [type |-> "data", conf |-> Here, message |-> m]
UpdatePacket(u) ==
    [type |-> "update", conf |-> Here, sender |-> u.sender, row |-> u.row]

OnTheWay(p) ==
    {DataPacket(c[2]) : c \in {d \in copies : d[1] = p}}
    \cup {UpdatePacket(u) : u \in {v \in updates : v.sender # p}}

(***************************************************************************)
(* Again what came before: any message, and of rows the first and the      *)
(* last.                                                                   *)
(***************************************************************************)
NoRow == [sequence |-> 0, lts |-> 0, aru |-> 0]

Repeated(p) ==
    {DataPacket(m) : m \in {n \in store[p] : n.sender # p}}
    \cup UNION {{UpdatePacket([sender |-> q, row |-> r]) :
                    r \in {NoRow, site[p][q]}} : q \in Others(p)}

Incoming(p) == OnTheWay(p) \cup Repeated(p) \cup Foreign

(***************************************************************************)
(* A packet of another configuration is none of ours, whatever it says.    *)
(***************************************************************************)
IsOurs(k) == k.conf = Here

(***************************************************************************)
(* The row `old` with the news of `new`: rows may come in any order.       *)
(***************************************************************************)
Merged(old, new) ==
    [sequence |-> Max(old.sequence, new.sequence),
     lts      |-> Max(old.lts, new.lts),
     aru      |-> Max(old.aru, new.aru)]

(***************************************************************************)
(* What p learns of q; and its own timestamps go beyond all that it has    *)
(* seen.                                                                   *)
(***************************************************************************)
Learned(p, q, has, new) ==
    LET rows == [site[p] EXCEPT ![q] = Merged(@, new),
                                ![p].lts = Max(@, new.lts)]
    IN  Refreshed(p, has, rows)

(***************************************************************************)
(* A message says as much as a row does, but of what its sender received.  *)
(***************************************************************************)
RowOfMessage(m) == [sequence |-> m.number, lts |-> m.lts, aru |-> 0]

(***************************************************************************)
(* A second copy of a message is no news.                                  *)
(***************************************************************************)
Added(has, m) ==
    IF \E n \in has : n.sender = m.sender /\ n.number = m.number THEN has
    ELSE has \cup {m}

ReceiveData(p, m) ==
    LET has == Added(store[p], m)
    IN  /\ store' = [store EXCEPT ![p] = has]
        /\ site' = [site EXCEPT ![p] =
                       Learned(p, m.sender, has, RowOfMessage(m))]

ReceiveUpdate(p, q, row) ==
    /\ site' = [site EXCEPT ![p] = Learned(p, q, store[p], row)]
    /\ UNCHANGED store

Receive(p, k) ==
    /\ k \in Incoming(p)
    /\ IF ~IsOurs(k) THEN UNCHANGED <<site, store>>
       ELSE IF k.type = "data" THEN ReceiveData(p, k.message)
       ELSE ReceiveUpdate(p, k.sender, k.row)
    /\ updates' = {u \in updates : IsNews(u, site')}
    /\ copies' = {c \in copies : c[2] \notin store'[c[1]]}
    /\ requests' = {r \in requests : r[3] \in Missing(r[1], r[2])'}
    /\ UNCHANGED delivered

-----------------------------------------------------------------------------
(***************************************************************************)
(* Retransmission by negative acknowledgement.  The process p asks q for   *)
(* its message n, if it is missing and none is on its way (p cannot know   *)
(* that; to ask for one that is would bring a second copy, and that can    *)
(* come as it is).                                                         *)
(***************************************************************************)
MayAsk(p, q, n) ==
    /\ n \in Missing(p, q)
    /\ ~\E c \in copies :
          c[1] = p /\ c[2].sender = q /\ c[2].number = n

Ask(p, q, n) ==
    /\ q \in Others(p)
    /\ MayAsk(p, q, n)
    /\ <<p, q, n>> \notin requests
    /\ requests' = requests \cup {<<p, q, n>>}
    /\ UNCHANGED <<site, store, delivered, updates, copies>>

(***************************************************************************)
(* What q has kept: all that it does not know everybody to have.           *)
(***************************************************************************)
Kept(q, n) == {m \in Unstable(q, q) : m.number = n}

(***************************************************************************)
(* The request r comes to whom it asks, and a copy of the message gets on  *)
(* its way back, or does not.                                              *)
(***************************************************************************)
Answer(r, arrives) ==
    /\ r \in requests
    /\ requests' = requests \ {r}
    /\ copies' = IF arrives THEN copies \cup ({r[1]} \X Kept(r[2], r[3]))
                 ELSE copies
    /\ UNCHANGED <<site, store, delivered, updates>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Delivery.  An agreed message is delivered when nothing can come before  *)
(* it that is not here: its timestamp is at most the Site_Aru of p.  A     *)
(* safe one when everybody has it and all before: at most Global_Aru.      *)
(***************************************************************************)
Waiting(p) == store[p] \ Range(delivered[p])

Deliverable(p, m) ==
    IF m.service = "safe" THEN m.lts =< GlobalAru(p)
    ELSE m.lts =< site[p][p].aru

Deliver(p) ==
    /\ Waiting(p) # {}
    /\ LET m == First(Waiting(p))
       IN  /\ Deliverable(p, m)
           /\ delivered' = [delivered EXCEPT ![p] = Append(@, m)]
    /\ UNCHANGED <<site, store, updates, copies, requests>>

-----------------------------------------------------------------------------
Init ==
    /\ site = [p \in Process |-> [q \in Process |-> NoRow]]
    /\ store = [p \in Process |-> {}]
    /\ delivered = [p \in Process |-> <<>>]
    /\ updates = {}
    /\ copies = {}
    /\ requests = {}

Next ==
    \/ \E p \in Process, s \in Service, R \in SUBSET Process : Send(p, s, R)
    \/ \E p \in Process : Update(p)
    \/ \E p \in Process : \E k \in Incoming(p) : Receive(p, k)
    \/ \E p, q \in Process : \E n \in Missing(p, q) : Ask(p, q, n)
    \/ \E r \in requests, arrives \in BOOLEAN : Answer(r, arrives)
    \/ \E p \in Process : Deliver(p)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* Fairness.  Who has something to say or to deliver does so.  A copy that *)
(* is on its way comes.  Of updates the last one comes; earlier ones may   *)
(* never, for an update is repeated as long as nothing newer takes its     *)
(* place (with the same content, which is no step).  A request that is     *)
(* made again and again is answered at some time with a copy that gets on  *)
(* its way to who made it.                                                 *)
(***************************************************************************)
IsNewest(k) ==
    k.type = "update" => k = UpdatePacket(UpdateOf(k.sender))

ReceiveNewest(p) ==
    \E k \in OnTheWay(p) : IsNewest(k) /\ Receive(p, k)

AskFor(p, q) == \E n \in Missing(p, q) : Ask(p, q, n)
AnswerTo(p, q) == \E n \in Missing(p, q) : Answer(<<p, q, n>>, TRUE)

Fairness ==
    /\ \A p \in Process :
          /\ WF_vars(Update(p))
          /\ WF_vars(ReceiveNewest(p))
          /\ WF_vars(Deliver(p))
    /\ \A p, q \in Process :
          /\ WF_vars(AskFor(p, q))
          /\ SF_vars(AnswerTo(p, q))

FairSpec == Spec /\ Fairness
=============================================================================
